namespace Dataverse.Sync;

/// <summary>How many pairs a run would couple for one reason.</summary>
/// <param name="Source">How the partners were found.</param>
/// <param name="Group">The match group that found them, or null if no match group did.</param>
/// <param name="Count">The number of pairs.</param>
public sealed record MatchCount(MatchSource Source, MatchGroup? Group, long Count);
