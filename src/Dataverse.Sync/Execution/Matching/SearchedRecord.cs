namespace Dataverse.Sync.Execution;

/// <summary>A record whose partner is searched by a match group.</summary>
/// <param name="Candidate">The record.</param>
/// <param name="Forms">The fingerprint of each field of the group.</param>
/// <param name="Present">The fields of the group that have a value, as a bit mask.</param>
/// <param name="Key">The fingerprint of their values.</param>
internal readonly record struct SearchedRecord(Candidate Candidate, ulong[] Forms, int Present, ulong Key);
