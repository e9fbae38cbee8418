namespace Dataverse.Sync.Execution;

/// <summary>The records of one side that were requested by id.</summary>
internal sealed record NamedRecords(SyncSide Side, IReadOnlyCollection<Guid> Ids);
