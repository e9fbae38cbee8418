namespace Dataverse.Sync.Execution;

/// <summary>The way in which the partner of a record was found.</summary>
/// <param name="Source">How it was found.</param>
/// <param name="Group">The match group that found it, or null if none did.</param>
internal readonly record struct MatchOrigin(MatchSource Source, MatchGroup? Group);
