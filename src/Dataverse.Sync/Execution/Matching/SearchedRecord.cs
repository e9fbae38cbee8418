namespace Dataverse.Sync.Execution;

/// <summary>A record whose partner is searched by a match group.</summary>
/// <param name="Candidate">The record.</param>
/// <param name="Present">The fields of the group that have a value, as a bit mask.</param>
/// <param name="Key">The fingerprint of their values.</param>
internal readonly record struct SearchedRecord(Candidate Candidate, int Present, ulong Key);
