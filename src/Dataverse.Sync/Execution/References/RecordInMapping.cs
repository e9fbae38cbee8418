namespace Dataverse.Sync.Execution;

/// <summary>A record as a mapping sees it.</summary>
internal readonly record struct RecordInMapping(string Mapping, RecordKey Record);
