namespace Dataverse.Sync.Execution;

/// <summary>A record of the other side that matches a record by a match group.</summary>
/// <param name="Id">The id of the record.</param>
/// <param name="Version">The fingerprint of its version, or zero if unknown.</param>
/// <param name="IsOutside">Whether the filter of its side excludes it.</param>
internal readonly record struct MatchHit(Guid Id, ulong Version, bool IsOutside);
