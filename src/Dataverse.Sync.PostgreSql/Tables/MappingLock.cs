namespace Dataverse.Sync.PostgreSql;

/// <summary>The mappings that a commit may change, which are locked until the end of its transaction.</summary>
/// <param name="Id">The id of the mapping of the lease.</param>
/// <param name="Writes">How often the mapping was written, with this commit.</param>
/// <param name="Now">The time of the store's clock.</param>
/// <param name="Others">The ids of the other mappings that the commit names and that exist, by name.</param>
/// <param name="Held">The present pairs of the local records that the commit couples.</param>
internal sealed record MappingLock(
    long Id,
    long Writes,
    DateTimeOffset Now,
    IReadOnlyDictionary<string, long> Others,
    IReadOnlyList<RecordPair> Held);
