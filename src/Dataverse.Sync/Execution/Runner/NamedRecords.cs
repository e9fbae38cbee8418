namespace Dataverse.Sync.Execution;

/// <summary>Records of one side that a run is asked for by id.</summary>
internal sealed record NamedRecords(SyncSide Side, IReadOnlyCollection<Guid> Ids);
