namespace Dataverse.Sync.BusinessCentral;

/// <summary>A page with what its answer told beside the records.</summary>
/// <param name="Records">The records.</param>
/// <param name="Date">The service's clock when it answered; null when it did not tell.</param>
/// <param name="IsLast">Whether the collection ends here.</param>
internal sealed record WalkedPage(IReadOnlyList<TableRecord> Records, DateTimeOffset? Date, bool IsLast);
