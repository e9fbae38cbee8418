namespace Dataverse.Sync.KillTests;

/// <summary>A record of either service as the comparison sees it: plain texts, blank for empty.</summary>
internal sealed record SeenRecord(Guid Id, string Name, IReadOnlyDictionary<string, string> Values);
