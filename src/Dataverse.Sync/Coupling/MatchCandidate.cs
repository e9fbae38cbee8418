namespace Dataverse.Sync;

/// <summary>A record that makes it doubtful which partner another record has.</summary>
/// <param name="Record">
/// The record: one of the other side that may be the partner, or one of the same side that has a claim to it as well.
/// </param>
/// <param name="Version">
/// The <see cref="Fingerprint.OfVersion"/> of the record when the doubt arose, or zero if unknown.
/// </param>
/// <param name="IsCoupled">Whether the record was coupled then.</param>
public readonly record struct MatchCandidate(RecordKey Record, ulong Version, bool IsCoupled);
