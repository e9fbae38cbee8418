namespace Dataverse.Sync;

/// <summary>Under what a store keeps everything that belongs to one mapping.</summary>
/// <param name="Scope">The name of the <see cref="SyncScope"/>.</param>
/// <param name="Mapping">The name of the integration table mapping.</param>
public sealed record MappingKey(string Scope, string Mapping);
