namespace Dataverse.Sync;

/// <summary>The coupling that a waiting record needs.</summary>
/// <param name="Mapping">The mapping in which it will appear; several possible ones are joined by a vertical bar, as in Business Central's dependency filter.</param>
/// <param name="Record">The record that must be coupled there.</param>
public sealed record AwaitedCoupling(string Mapping, RecordKey Record);
