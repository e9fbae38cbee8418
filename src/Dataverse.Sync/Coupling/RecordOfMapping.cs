namespace Dataverse.Sync;

/// <summary>A record as another mapping of the same scope sees it.</summary>
/// <param name="Mapping">The name of the mapping.</param>
/// <param name="Record">The record.</param>
public sealed record RecordOfMapping(string Mapping, RecordKey Record);
