namespace Dataverse.Sync.Http;

/// <summary>One page of a collection as it was read.</summary>
/// <param name="Records">The records, in the service's order.</param>
/// <param name="Deleted">The ids of the deletions that a delta page holds.</param>
/// <param name="NextLink">Where the collection continues, unchecked; null on the last page.</param>
/// <param name="DeltaLink">Where the changes after this collection begin, unchecked; null where there is none.</param>
internal sealed record RecordPage(IReadOnlyList<TableRecord> Records, IReadOnlyList<Guid> Deleted, string? NextLink, string? DeltaLink);
