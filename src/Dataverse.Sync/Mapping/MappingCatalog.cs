namespace Dataverse.Sync;

/// <summary>The mappings of an engine: changed ones can be put back to their defaults.</summary>
/// <remarks>Safe for concurrent use. A run keeps the mappings that it began with; changes count from the next one.</remarks>
public sealed class MappingCatalog
{
    private readonly Lock gate = new();
    private readonly IReadOnlyList<IIntegrationTableMapping> defaults;
    private IReadOnlyList<IIntegrationTableMapping> current;

    internal MappingCatalog(IReadOnlyList<IIntegrationTableMapping> defaults)
    {
        this.defaults = defaults;
        current = defaults;
    }

    /// <summary>The mappings as they are now.</summary>
    public IReadOnlyList<IIntegrationTableMapping> All => Volatile.Read(ref current);

    /// <summary>A mapping by name, without regard to letter case.</summary>
    /// <exception cref="SyncConfigurationException">There is none.</exception>
    public IIntegrationTableMapping this[string name] => Find(All, name) ?? throw Unknown(name);

    /// <summary>Adds a mapping, or replaces the one of the same name. What it is reset to stays what the engine was made with.</summary>
    public void Set(IIntegrationTableMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        lock (gate)
        {
            var isKnown = Find(current, mapping.Name) is not null;
            Volatile.Write(ref current, isKnown ? [.. current.Select(item => HasName(item, mapping.Name) ? mapping : item)] : [.. current, mapping]);
        }
    }

    /// <summary>Changes a mapping.</summary>
    /// <exception cref="SyncConfigurationException">There is none of that name.</exception>
    public void Change(string name, Action<IntegrationTableMappingBuilder> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var builder = new IntegrationTableMappingBuilder(this[name]);
        change(builder);
        Set(builder.Build());
    }

    /// <summary>Puts a mapping back to what the engine was made with; one added later is removed.</summary>
    /// <remarks>Couplings, failures, and checkpoints stay.</remarks>
    /// <exception cref="SyncConfigurationException">There is none of that name.</exception>
    public void Reset(string name)
    {
        lock (gate)
        {
            var original = Find(defaults, name);
            if (original is null && Find(current, name) is null)
            {
                throw Unknown(name);
            }

            var others = current.Where(item => !HasName(item, name));
            Volatile.Write(ref current, original is null
                ? [.. others]
                : Find(current, name) is null ? [.. others, original] : [.. current.Select(item => HasName(item, name) ? original : item)]);
        }
    }

    /// <summary>Puts every mapping back to what the engine was made with.</summary>
    public void ResetAll()
    {
        lock (gate)
        {
            Volatile.Write(ref current, defaults);
        }
    }

    private static IIntegrationTableMapping? Find(IReadOnlyList<IIntegrationTableMapping> mappings, string name) =>
        mappings.FirstOrDefault(mapping => HasName(mapping, name));

    private static bool HasName(IIntegrationTableMapping mapping, string name) => string.Equals(mapping.Name, name, StringComparison.OrdinalIgnoreCase);

    private static SyncConfigurationException Unknown(string name) => new([$"There is no mapping named '{name}'."]);
}
