namespace Dataverse.Sync;

/// <summary>The mappings of an engine, which can be changed and reset.</summary>
/// <remarks>
/// Safe for concurrent use. A run keeps the mappings with which it started; a change applies from the next run, which
/// first validates all mappings again. Changes are kept in memory only.
/// </remarks>
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

    /// <summary>The mappings in their present state.</summary>
    public IReadOnlyList<IIntegrationTableMapping> All => Volatile.Read(ref current);

    /// <summary>Gets a mapping by its name.</summary>
    /// <param name="name">The name, compared without regard to letter case.</param>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    public IIntegrationTableMapping this[string name] => Find(All, name) ?? throw Unknown(name);

    /// <summary>Adds a mapping, or replaces the one with the same name.</summary>
    /// <param name="mapping">The mapping. It does not change the state to which <see cref="Reset"/> returns.</param>
    /// <exception cref="ArgumentNullException"><paramref name="mapping"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">
    /// A list or an element of the mapping is null, or one of its settings is invalid. The exception lists every problem.
    /// </exception>
    public void Set(IIntegrationTableMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        var problems = new OptionProblems("The mapping's ");
        MappingSettingsValidator.Check(problems, mapping, place: string.Empty);
        problems.ThrowIfAny();
        lock (gate)
        {
            var isKnown = Find(current, mapping.Name) is not null;
            Volatile.Write(ref current, isKnown ? Replace(current, mapping) : [.. current, mapping]);
        }
    }

    /// <summary>Changes a mapping with a builder.</summary>
    /// <remarks>Of two concurrent changes of one mapping, the later replaces the earlier.</remarks>
    /// <param name="name">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="change">Receives a builder with the present settings.</param>
    /// <exception cref="ArgumentNullException"><paramref name="change"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    public void Change(string name, Action<IntegrationTableMappingBuilder> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var builder = new IntegrationTableMappingBuilder(this[name]);
        change(builder);
        Set(builder.Build());
    }

    /// <summary>
    /// Returns a mapping to its state in <see cref="SyncEngineOptions.Mappings"/>, or removes it if it was added later.
    /// </summary>
    /// <remarks>Couplings, failures, and checkpoints remain.</remarks>
    /// <param name="name">The name of the mapping, compared without regard to letter case.</param>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
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
                : Find(current, name) is null ? [.. others, original] : Replace(current, original));
        }
    }

    /// <summary>Returns to the mappings in <see cref="SyncEngineOptions.Mappings"/>.</summary>
    /// <remarks>Couplings, failures, and checkpoints remain.</remarks>
    public void ResetAll()
    {
        lock (gate)
        {
            Volatile.Write(ref current, defaults);
        }
    }

    private static IIntegrationTableMapping? Find(IReadOnlyList<IIntegrationTableMapping> mappings, string name) =>
        mappings.FirstOrDefault(mapping => HasName(mapping, name));

    private static List<IIntegrationTableMapping> Replace(
        IReadOnlyList<IIntegrationTableMapping> mappings, IIntegrationTableMapping mapping) =>
        [.. mappings.Select(item => HasName(item, mapping.Name) ? mapping : item)];

    private static bool HasName(IIntegrationTableMapping mapping, string name) =>
        string.Equals(mapping.Name, name, StringComparison.OrdinalIgnoreCase);

    private static SyncConfigurationException Unknown(string name) => new([$"There is no mapping named '{name}'."]);
}
