namespace Dataverse.Sync.Execution;

/// <summary>All mappings of an engine, compiled.</summary>
/// <param name="Source">The list of the catalog from which the mappings were compiled.</param>
/// <param name="ByName">The mappings by name.</param>
/// <param name="InOrder">The mappings in dependency order.</param>
internal sealed record CompiledCatalog(
    IReadOnlyList<IIntegrationTableMapping> Source,
    IReadOnlyDictionary<string, CompiledMapping> ByName,
    IReadOnlyList<CompiledMapping> InOrder)
{
    /// <summary>What a person should know about the mappings, although they are valid.</summary>
    public IReadOnlyList<string> Warnings { get; } = [.. InOrder.SelectMany(ReadabilityWarnings.Of)];

    public CompiledMapping this[string name] =>
        ByName.TryGetValue(name, out var mapping)
            ? mapping
            : throw new SyncConfigurationException([$"There is no mapping named '{name}'."]);
}
