namespace Dataverse.Sync;

/// <summary>A mapping that was changed in memory.</summary>
/// <param name="Name">The name of the mapping.</param>
/// <param name="Mapping">The changed mapping, or null if it was removed.</param>
/// <param name="Version">The version of the stored override from which the change started; 0 if there was none.</param>
internal sealed record UnsavedMapping(string Name, IIntegrationTableMapping? Mapping, long Version);
