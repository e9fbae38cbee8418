namespace Dataverse.Sync;

/// <summary>The id of a record and its version.</summary>
/// <param name="Id">The id of the record.</param>
/// <param name="Version">The version, opaque and comparable for equality only, or null if unknown.</param>
public readonly record struct RecordVersion(Guid Id, string? Version);
