namespace Dataverse.Sync.Testing.Emulation;

/// <summary>What is left of a deleted row for delta queries.</summary>
internal sealed record Tombstone(Guid Id, long Version);
