namespace Dataverse.Sync;

/// <summary>
/// Identifies a mapping of one scope in a store. Couplings, checkpoints, the journal, failures, and leases belong to
/// it.
/// </summary>
/// <param name="Scope">The <see cref="SyncScope.Name"/> of the scope.</param>
/// <param name="Mapping">The name of the integration table mapping.</param>
public sealed record MappingKey(string Scope, string Mapping);
