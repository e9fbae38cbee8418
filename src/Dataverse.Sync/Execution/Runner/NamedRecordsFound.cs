namespace Dataverse.Sync.Execution;

/// <summary>What a read of named records found out.</summary>
/// <param name="Present">The ids of the records that the system returned.</param>
/// <param name="Excluded">Those of them that the mapping's filter excludes.</param>
internal sealed record NamedRecordsFound(HashSet<Guid> Present, Dictionary<Guid, TableRecord> Excluded);
