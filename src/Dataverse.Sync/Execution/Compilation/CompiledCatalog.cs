namespace Dataverse.Sync.Execution;

/// <summary>All mappings of an engine, compiled.</summary>
/// <param name="Source">The catalog's list that they were compiled from.</param>
/// <param name="ByName">The mappings by name.</param>
/// <param name="InOrder">The mappings, each after those it depends on.</param>
internal sealed record CompiledCatalog(IReadOnlyList<IIntegrationTableMapping> Source, IReadOnlyDictionary<string, CompiledMapping> ByName, IReadOnlyList<CompiledMapping> InOrder)
{
    public CompiledMapping this[string name] => ByName.TryGetValue(name, out var mapping) ? mapping : throw new SyncConfigurationException([$"There is no mapping named '{name}'."]);
}
