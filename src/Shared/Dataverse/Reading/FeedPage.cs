namespace Dataverse.Sync.Shared;

/// <summary>A page of the records of a table.</summary>
/// <param name="Records">The records.</param>
/// <param name="IsLast">Whether it is the last one.</param>
/// <param name="ServiceTime">The service's clock when it began to answer; null when it does not tell.</param>
internal sealed record FeedPage(IReadOnlyList<TableRecord> Records, bool IsLast, DateTimeOffset? ServiceTime);
