namespace Dataverse.Sync;

/// <summary>Builds an integration table mapping step by step; what is not said keeps Business Central's default.</summary>
/// <remarks>Not safe for concurrent use. Whether the mapping fits the tables is checked when the engine first uses it.</remarks>
public sealed class IntegrationTableMappingBuilder
{
    private readonly List<FieldMappingBuilder> fields = [];
    private readonly MatchGroupsBuilder matches = new();
    private IntegrationTableMapping mapping;

    /// <summary>Begins a mapping.</summary>
    /// <param name="name">The unique name.</param>
    public IntegrationTableMappingBuilder(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        mapping = new() { Name = name, LocalTable = string.Empty, IntegrationTable = string.Empty };
    }

    /// <summary>Begins with an existing mapping, to change it.</summary>
    public IntegrationTableMappingBuilder(IIntegrationTableMapping existing)
    {
        ArgumentNullException.ThrowIfNull(existing);
        mapping = Copy(existing);
        fields.AddRange(existing.Fields.Select(field => new FieldMappingBuilder(this, Copy(field))));
        for (var priority = 0; priority < existing.MatchGroups.Count; priority++)
        {
            foreach (var field in existing.MatchGroups[priority].Fields)
            {
                matches.Add(priority, field);
            }
        }
    }

    /// <summary>Names the two tables.</summary>
    public IntegrationTableMappingBuilder Between(string local, string integration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(local);
        ArgumentException.ThrowIfNullOrWhiteSpace(integration);
        return Change(mapping with { LocalTable = local, IntegrationTable = integration });
    }

    /// <summary>Sets which way changes travel; the default is both.</summary>
    public IntegrationTableMappingBuilder Direction(SyncDirection direction) => Change(mapping with { Direction = direction });

    /// <summary>Limits the local records that take part; null lifts the limit.</summary>
    public IntegrationTableMappingBuilder LocalFilter(RecordFilter? filter) => Change(mapping with { LocalFilter = filter });

    /// <summary>Limits the integration records that take part; null lifts the limit.</summary>
    public IntegrationTableMappingBuilder IntegrationFilter(RecordFilter? filter) => Change(mapping with { IntegrationFilter = filter });

    /// <summary>Adds a field mapping, or refines the one between the same two fields.</summary>
    public IntegrationTableMappingBuilder Field(string local, string integration, Action<FieldMappingBuilder>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(local);
        ArgumentException.ThrowIfNullOrWhiteSpace(integration);
        return Add(new() { LocalField = local, IntegrationField = integration }, configure);
    }

    /// <summary>Adds a reference that is translated through the couplings of other mappings.</summary>
    public IntegrationTableMappingBuilder Lookup(string local, string integration, LookupMapping lookup, Action<FieldMappingBuilder>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(local);
        ArgumentException.ThrowIfNullOrWhiteSpace(integration);
        ArgumentNullException.ThrowIfNull(lookup);
        return Add(new() { LocalField = local, IntegrationField = integration, Lookup = lookup }, configure);
    }

    /// <summary>Adds a reference that is translated through the couplings of one mapping.</summary>
    /// <param name="local">The local field.</param>
    /// <param name="integration">The integration column.</param>
    /// <param name="via">The mapping of the records referred to.</param>
    /// <param name="localKey">The field of the referred local record that the local field holds; null when it holds the id.</param>
    /// <param name="configure">Refines the field mapping.</param>
    public IntegrationTableMappingBuilder Lookup(
        string local,
        string integration,
        string via,
        string? localKey = null,
        Action<FieldMappingBuilder>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(via);
        return Lookup(local, integration, new LookupMapping { Via = [via], LocalKey = localKey }, configure);
    }

    /// <summary>Gives an integration column a constant.</summary>
    public IntegrationTableMappingBuilder IntegrationConstant(string integration, FieldValue value, Action<FieldMappingBuilder>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(integration);
        return Add(new() { IntegrationField = integration, Constant = value, Direction = SyncDirection.ToIntegrationTable }, configure);
    }

    /// <summary>Gives a local field a constant.</summary>
    public IntegrationTableMappingBuilder LocalConstant(string local, FieldValue value, Action<FieldMappingBuilder>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(local);
        return Add(new() { LocalField = local, Constant = value, Direction = SyncDirection.FromIntegrationTable }, configure);
    }

    /// <summary>Matches uncoupled records by a pair of fields, whether or not the fields are mapped.</summary>
    /// <param name="local">The local field.</param>
    /// <param name="integration">The integration column.</param>
    /// <param name="priority">The group: fields of one priority must match together; lower priorities are tried first.</param>
    /// <param name="caseSensitive">Whether the letter case of texts matters.</param>
    public IntegrationTableMappingBuilder MatchOn(string local, string integration, int priority = 0, bool caseSensitive = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(local);
        ArgumentException.ThrowIfNullOrWhiteSpace(integration);
        matches.Add(priority, new MatchField(local, integration, caseSensitive));
        return this;
    }

    /// <summary>Forgets all fields named for matching.</summary>
    public IntegrationTableMappingBuilder MatchOnNothing()
    {
        matches.Clear();
        return this;
    }

    /// <summary>Sets whether uncoupled records without a match are left alone; the default is yes.</summary>
    public IntegrationTableMappingBuilder OnlyCoupledRecords(bool onlyCoupled) => Change(mapping with { SynchronizesOnlyCoupledRecords = onlyCoupled });

    /// <summary>Sets what happens when a field was changed on both sides.</summary>
    public IntegrationTableMappingBuilder OnUpdateConflict(UpdateConflictPolicy policy) => Change(mapping with { UpdateConflictPolicy = policy });

    /// <summary>Sets what happens when one record of a pair was deleted.</summary>
    public IntegrationTableMappingBuilder OnDeletion(DeletionPolicy policy) => Change(mapping with { DeletionPolicy = policy });

    /// <summary>Sets the greatest share of the couplings that one run may delete records of.</summary>
    public IntegrationTableMappingBuilder MaximumDeletionShare(double share) => Change(mapping with { MaximumDeletionShare = share });

    /// <summary>Sets how often the keys of a side that reports no deletions are compared with the couplings.</summary>
    public IntegrationTableMappingBuilder ScanForDeletionsEvery(TimeSpan interval) => Change(mapping with { DeletionScanInterval = interval });

    /// <summary>Names mappings that run before this one.</summary>
    public IntegrationTableMappingBuilder DependsOn(params IReadOnlyList<string> mappings)
    {
        ArgumentNullException.ThrowIfNull(mappings);
        foreach (var name in mappings)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name, nameof(mappings));
        }

        return Change(mapping with { Dependencies = [.. mapping.Dependencies.Union(mappings, StringComparer.OrdinalIgnoreCase)] });
    }

    /// <summary>Sets when failed records are tried again.</summary>
    public IntegrationTableMappingBuilder Retry(RetryPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Change(mapping with { RetryPolicy = policy });
    }

    /// <summary>Adds a rule of this mapping alone.</summary>
    public IntegrationTableMappingBuilder AddRule(ISyncRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Change(mapping with { Rules = [.. mapping.Rules, rule] });
    }

    /// <summary>Makes the mapping.</summary>
    public IntegrationTableMapping Build() => mapping with
    {
        Fields = [.. fields.Select(field => field.Field)],
        MatchGroups = matches.Build(),
    };

    private static IntegrationTableMapping Copy(IIntegrationTableMapping existing) => existing as IntegrationTableMapping ?? new()
    {
        Name = existing.Name,
        LocalTable = existing.LocalTable,
        IntegrationTable = existing.IntegrationTable,
        Direction = existing.Direction,
        LocalFilter = existing.LocalFilter,
        IntegrationFilter = existing.IntegrationFilter,
        SynchronizesOnlyCoupledRecords = existing.SynchronizesOnlyCoupledRecords,
        UpdateConflictPolicy = existing.UpdateConflictPolicy,
        DeletionPolicy = existing.DeletionPolicy,
        MaximumDeletionShare = existing.MaximumDeletionShare,
        DeletionScanInterval = existing.DeletionScanInterval,
        Dependencies = existing.Dependencies,
        RetryPolicy = existing.RetryPolicy,
        Rules = existing.Rules,
    };

    private static FieldMapping Copy(IFieldMapping existing) => existing as FieldMapping ?? new()
    {
        Key = existing.Key,
        LocalField = existing.LocalField,
        IntegrationField = existing.IntegrationField,
        Direction = existing.Direction,
        IsEnabled = existing.IsEnabled,
        Constant = existing.Constant,
        OnInsertOnly = existing.OnInsertOnly,
        SkipsBlank = existing.SkipsBlank,
        Converter = existing.Converter,
        Lookup = existing.Lookup,
    };

    // By the fields, not by the key: an existing field mapping may have a key of its own, and keeps it.
    private static bool IsRefinedBy(FieldMapping existing, FieldMapping field) =>
        existing.LocalField == field.LocalField
        && existing.IntegrationField == field.IntegrationField
        && existing.Lookup is null == field.Lookup is null;

    private IntegrationTableMappingBuilder Add(FieldMapping field, Action<FieldMappingBuilder>? configure)
    {
        var builder = fields.Find(existing => IsRefinedBy(existing.Field, field));
        if (builder is null)
        {
            builder = new FieldMappingBuilder(this, field);
            fields.Add(builder);
        }

        configure?.Invoke(builder);
        return this;
    }

    private IntegrationTableMappingBuilder Change(IntegrationTableMapping changed)
    {
        mapping = changed;
        return this;
    }
}
