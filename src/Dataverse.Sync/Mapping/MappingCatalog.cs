namespace Dataverse.Sync;

/// <summary>The mappings of an engine, which can be changed and reset.</summary>
/// <remarks>
/// <para>Safe for concurrent use. A run keeps the mappings with which it started; a change applies from the next run, which
/// first validates all mappings again.</para>
/// <para>Changes are kept in memory only, until <see cref="SyncOverrides.StoreAsync"/> stores them. A mapping is what was
/// changed in memory, or else what its stored override makes of its default, or else its default.</para>
/// </remarks>
public sealed class MappingCatalog
{
    private readonly Lock gate = new();
    private readonly IReadOnlyList<IIntegrationTableMapping> defaults;
    private IReadOnlyList<StoredMapping> stored = [];
    private List<UnsavedMapping> unsaved = [];
    private CatalogState state;
    private int edits;

    internal MappingCatalog(IReadOnlyList<IIntegrationTableMapping> defaults)
    {
        this.defaults = defaults;
        state = new(defaults);
    }

    /// <summary>The mappings in their present state.</summary>
    /// <remarks>
    /// Changes that another engine stored are part of it from the next run, or after <see cref="SyncOverrides.RefreshAsync"/>.
    /// </remarks>
    public IReadOnlyList<IIntegrationTableMapping> All => State.Mappings;

    /// <summary>The mappings and what is wrong with their overrides, which belong together.</summary>
    internal CatalogState State => Volatile.Read(ref state);

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
            Put(mapping.Name, mapping);
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

    /// <summary>Removes a mapping from the runs that start from now on.</summary>
    /// <remarks>
    /// Couplings, failures, and checkpoints remain. Mappings that depend on it or look up through it become invalid; to keep
    /// them running, switch it off instead (<see cref="IntegrationTableMappingBuilder.Enabled"/>).
    /// </remarks>
    /// <param name="name">The name of the mapping, compared without regard to letter case.</param>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    public void Remove(string name)
    {
        lock (gate)
        {
            Put(this[name].Name, mapping: null);
        }
    }

    /// <summary>
    /// Drops what was changed in memory: returns a mapping to its stored override, or else to its state in
    /// <see cref="SyncEngineOptions.Mappings"/>, or removes it if it was added later.
    /// </summary>
    /// <remarks>
    /// Couplings, failures, and checkpoints remain. <see cref="SyncOverrides.UseDefaultSetupAsync"/> removes the stored
    /// override as well.
    /// </remarks>
    /// <param name="name">The name of the mapping, compared without regard to letter case.</param>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    public void Reset(string name)
    {
        lock (gate)
        {
            if (Default(name) is null && Find(All, name) is null && FindUnsaved(name) is null)
            {
                throw Unknown(name);
            }

            edits++;
            Forget(name);
        }
    }

    /// <summary>
    /// Drops everything that was changed in memory: returns to the stored overrides, or else to the mappings in
    /// <see cref="SyncEngineOptions.Mappings"/>.
    /// </summary>
    /// <remarks>Couplings, failures, and checkpoints remain.</remarks>
    public void ResetAll()
    {
        lock (gate)
        {
            edits++;
            unsaved = [];
            Compose();
        }
    }

    /// <summary>The mapping in <see cref="SyncEngineOptions.Mappings"/>; null if it was added later.</summary>
    internal IIntegrationTableMapping? Default(string name) => Find(defaults, name);

    /// <summary>The stored override of a mapping, as far as it was read; null if there is none.</summary>
    internal StoredMapping? FindStored(string name) => Volatile.Read(ref stored).FirstOrDefault(item => HasName(item.Name, name));

    /// <summary>The change of a mapping that was not stored; null if there is none.</summary>
    internal UnsavedMapping? FindUnsaved(string name)
    {
        lock (gate)
        {
            return unsaved.Find(item => HasName(item.Name, name));
        }
    }

    /// <summary>Takes over what is stored.</summary>
    internal void Apply(IReadOnlyList<StoredMapping> overrides)
    {
        lock (gate)
        {
            Volatile.Write(ref stored, overrides);
            Compose();
        }
    }

    /// <summary>Drops a change in memory, unless it was changed again since it was stored.</summary>
    internal void Forget(UnsavedMapping change)
    {
        lock (gate)
        {
            _ = unsaved.Remove(change);
            Compose();
        }
    }

    /// <summary>Drops the change of a mapping in memory.</summary>
    internal void Forget(string name)
    {
        lock (gate)
        {
            _ = unsaved.RemoveAll(item => HasName(item.Name, name));
            Compose();
        }
    }

    // A change of a change started from the same stored override.
    private void Put(string name, IIntegrationTableMapping? mapping)
    {
        edits++;
        var place = unsaved.FindIndex(item => HasName(item.Name, name));
        if (place < 0)
        {
            unsaved.Add(new(name, mapping, FindStored(name)?.Version ?? 0));
        }
        else
        {
            unsaved[place] = unsaved[place] with { Name = name, Mapping = mapping };
        }

        Compose();
    }

    private void Compose()
    {
        var overrides = stored.Where(item => item.HasOverride).ToList();
        if (unsaved.Count == 0 && overrides.Count == 0)
        {
            Volatile.Write(
                ref state, ReferenceEquals(state.Mappings, defaults) ? state : new(defaults) { Edits = edits });
            return;
        }

        var all = defaults.ToList();
        foreach (var item in overrides)
        {
            Replace(all, item.Name, item.Mapping);
        }

        foreach (var item in unsaved)
        {
            Replace(all, item.Name, item.Mapping);
        }

        var inUse = overrides.Where(item => !unsaved.Exists(changed => HasName(changed.Name, item.Name))).ToList();
        Volatile.Write(ref state, new(all)
        {
            Edits = edits,
            Problems = inUse.Where(item => item.Problems.Count > 0)
                .ToDictionary(item => item.Name, item => item.Problems, StringComparer.OrdinalIgnoreCase),
            Warnings = [.. inUse.SelectMany(item => item.Warnings)],
        });
    }

    private static void Replace(List<IIntegrationTableMapping> all, string name, IIntegrationTableMapping? mapping)
    {
        var place = all.FindIndex(item => HasName(item.Name, name));
        if (mapping is null)
        {
            _ = all.RemoveAll(item => HasName(item.Name, name));
        }
        else if (place < 0)
        {
            all.Add(mapping);
        }
        else
        {
            all[place] = mapping;
        }
    }

    private static IIntegrationTableMapping? Find(IReadOnlyList<IIntegrationTableMapping> mappings, string name) =>
        mappings.FirstOrDefault(mapping => HasName(mapping.Name, name));

    private static bool HasName(string mapping, string name) =>
        string.Equals(mapping, name, StringComparison.OrdinalIgnoreCase);

    private static SyncConfigurationException Unknown(string name) => new([$"There is no mapping named '{name}'."]);
}
