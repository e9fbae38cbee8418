namespace Dataverse.Sync;

/// <summary>Builds an integration table mapping step by step.</summary>
/// <remarks>
/// Settings that are not named keep the defaults of <see cref="IntegrationTableMapping"/>, which are those of Business
/// Central. Not safe for concurrent use. Each method returns the same builder. The mapping is validated against both
/// tables when an engine first uses it.
/// </remarks>
public sealed partial class IntegrationTableMappingBuilder
{
    private readonly List<FieldMappingBuilder> fields = [];
    private readonly MatchGroupsBuilder matches = new();
    private IntegrationTableMapping mapping;

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationTableMappingBuilder"/> class for a new mapping.
    /// </summary>
    /// <param name="name">The unique name of the mapping.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty, or white space.</exception>
    public IntegrationTableMappingBuilder(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        mapping = new() { Name = name, LocalTable = string.Empty, IntegrationTable = string.Empty };
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationTableMappingBuilder"/> class with the settings of an
    /// existing mapping.
    /// </summary>
    /// <remarks>The existing mapping is not changed. Its match groups have the priorities 0, 1, 2, and so on.</remarks>
    /// <param name="existing">The mapping to start from.</param>
    /// <exception cref="ArgumentNullException"><paramref name="existing"/> is null.</exception>
    public IntegrationTableMappingBuilder(IIntegrationTableMapping existing)
    {
        ArgumentNullException.ThrowIfNull(existing);
        mapping = Copy(existing);
        fields.AddRange(existing.Fields.Select(field => new FieldMappingBuilder(this, Copy(field))));
        for (var priority = 0; priority < existing.MatchGroups.Count; priority++)
        {
            matches.Add(priority, existing.MatchGroups[priority]);
        }
    }

    /// <summary>Sets the two tables.</summary>
    /// <param name="local">The local table, as its connector names it.</param>
    /// <param name="integration">The integration table, as its connector names it.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A name is null, empty, or white space.</exception>
    public IntegrationTableMappingBuilder Between(string local, string integration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(local);
        ArgumentException.ThrowIfNullOrWhiteSpace(integration);
        return Change(mapping with { LocalTable = local, IntegrationTable = integration });
    }

    /// <summary>Sets whether runs include the mapping. The default is true.</summary>
    /// <param name="isEnabled">False to switch the mapping off.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder Enabled(bool isEnabled = true) =>
        Change(mapping with { IsEnabled = isEnabled });

    /// <summary>
    /// Sets the direction in which changes travel. The default is <see cref="SyncDirection.Bidirectional"/>.
    /// </summary>
    /// <param name="direction">The direction.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder Direction(SyncDirection direction) =>
        Change(mapping with { Direction = direction });

    /// <summary>Sets the filter of the local records. Business Central: Table Filter.</summary>
    /// <param name="filter">
    /// The filter, or null for all records, which is the default. It replaces the present one; combine filters with
    /// <see cref="RecordFilter.All"/>.
    /// </param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder LocalFilter(RecordFilter? filter) =>
        Change(mapping with { LocalFilter = filter });

    /// <summary>Sets the filter of the integration records. Business Central: Integration Table Filter.</summary>
    /// <param name="filter">
    /// The filter, or null for all records, which is the default. It replaces the present one; combine filters with
    /// <see cref="RecordFilter.All"/>.
    /// </param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder IntegrationFilter(RecordFilter? filter) =>
        Change(mapping with { IntegrationFilter = filter });

    /// <summary>Sets the filter of the local records by its text. Business Central: Table Filter.</summary>
    /// <param name="text">
    /// The text, as <see cref="RecordFilter.Parse(string)"/> reads it. It replaces the present filter.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FilterFormatException">The text cannot be read.</exception>
    public IntegrationTableMappingBuilder WhereLocal(string text) => LocalFilter(RecordFilter.Parse(text));

    /// <summary>
    /// Sets the filter of the integration records by its text. Business Central: Integration Table Filter.
    /// </summary>
    /// <param name="text">
    /// The text, as <see cref="RecordFilter.Parse(string)"/> reads it. It replaces the present filter.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FilterFormatException">The text cannot be read.</exception>
    public IntegrationTableMappingBuilder WhereIntegration(string text) => IntegrationFilter(RecordFilter.Parse(text));

    /// <summary>Adds a field mapping between two fields, or configures the existing one.</summary>
    /// <remarks>
    /// An existing field mapping between the two fields, also one with a lookup, keeps the settings that
    /// <paramref name="configure"/> does not change. Without <paramref name="configure"/>, it is enabled.
    /// </remarks>
    /// <param name="local">The local field.</param>
    /// <param name="integration">The integration column.</param>
    /// <param name="configure">Configures the field mapping, or null for its defaults.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A name is null, empty, or white space.</exception>
    public IntegrationTableMappingBuilder Field(
        string local, string integration, Action<FieldMappingBuilder>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(local);
        ArgumentException.ThrowIfNullOrWhiteSpace(integration);
        return Add(new() { LocalField = local, IntegrationField = integration }, configure);
    }

    /// <summary>Adds a reference that is translated through the couplings of other mappings.</summary>
    /// <remarks>
    /// An existing field mapping between the two fields gets the lookup, instead of a lookup or a converter that it has,
    /// and keeps its other settings.
    /// </remarks>
    /// <param name="local">The local field.</param>
    /// <param name="integration">The integration column.</param>
    /// <param name="lookup">How the reference is translated.</param>
    /// <param name="configure">Configures the field mapping, or null for its defaults.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A name is null, empty, or white space.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="lookup"/> is null.</exception>
    public IntegrationTableMappingBuilder Lookup(
        string local, string integration, LookupMapping lookup, Action<FieldMappingBuilder>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(local);
        ArgumentException.ThrowIfNullOrWhiteSpace(integration);
        ArgumentNullException.ThrowIfNull(lookup);
        return Add(new() { LocalField = local, IntegrationField = integration, Lookup = lookup }, configure);
    }

    /// <summary>Adds a reference that is translated through the couplings of one other mapping.</summary>
    /// <remarks>
    /// An existing field mapping between the two fields gets the lookup, instead of a lookup or a converter that it has,
    /// and keeps its other settings.
    /// </remarks>
    /// <param name="local">The local field.</param>
    /// <param name="integration">The integration column.</param>
    /// <param name="via">The name of the mapping of the referenced records.</param>
    /// <param name="localKey">
    /// The field of the referenced local record whose value the local field contains, or null if it contains the id.
    /// </param>
    /// <param name="configure">Configures the field mapping, or null for its defaults.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A name is null, empty, or white space.</exception>
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

    /// <summary>Adds a constant for an integration column. Business Central: Constant Value.</summary>
    /// <remarks>If the column already has a constant, it gets the new value and keeps its other settings.</remarks>
    /// <param name="integration">The integration column.</param>
    /// <param name="value">The constant.</param>
    /// <param name="configure">Configures the field mapping, or null for its defaults.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="integration"/> is null, empty, or white space.</exception>
    public IntegrationTableMappingBuilder IntegrationConstant(
        string integration, FieldValue value, Action<FieldMappingBuilder>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(integration);
        var field = new FieldMapping
        {
            IntegrationField = integration,
            Constant = value,
            Direction = SyncDirection.ToIntegrationTable,
        };
        return Add(field, configure);
    }

    /// <summary>Adds a constant for a local field. Business Central: Constant Value.</summary>
    /// <remarks>If the field already has a constant, it gets the new value and keeps its other settings.</remarks>
    /// <param name="local">The local field.</param>
    /// <param name="value">The constant.</param>
    /// <param name="configure">Configures the field mapping, or null for its defaults.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="local"/> is null, empty, or white space.</exception>
    public IntegrationTableMappingBuilder LocalConstant(
        string local, FieldValue value, Action<FieldMappingBuilder>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(local);
        var field = new FieldMapping
        {
            LocalField = local,
            Constant = value,
            Direction = SyncDirection.FromIntegrationTable,
        };
        return Add(field, configure);
    }

    /// <summary>Creates the mapping. The builder may be used further.</summary>
    /// <returns>The mapping with the present settings.</returns>
    public IntegrationTableMapping Build() => mapping with
    {
        Fields = [.. fields.Select(field => field.Field)],
        MatchGroups = matches.Build(),
    };

    private static IntegrationTableMapping Copy(IIntegrationTableMapping existing) =>
        existing as IntegrationTableMapping ?? new()
        {
            Name = existing.Name,
            LocalTable = existing.LocalTable,
            IntegrationTable = existing.IntegrationTable,
            IsEnabled = existing.IsEnabled,
            Direction = existing.Direction,
            LocalFilter = existing.LocalFilter,
            IntegrationFilter = existing.IntegrationFilter,
            SynchronizesOnlyCoupledRecords = existing.SynchronizesOnlyCoupledRecords,
            UpdateConflictPolicy = existing.UpdateConflictPolicy,
            DeletionPolicy = existing.DeletionPolicy,
            CascadePolicy = existing.CascadePolicy,
            DoubtfulMatchPolicy = existing.DoubtfulMatchPolicy,
            OutsideFilterPolicy = existing.OutsideFilterPolicy,
            CompanyColumns = existing.CompanyColumns,
            ReadsAllCompanies = existing.ReadsAllCompanies,
            IsSharedByCompanies = existing.IsSharedByCompanies,
            DefaultOwner = existing.DefaultOwner,
            Templates = existing.Templates,
            MaximumDeletionShare = existing.MaximumDeletionShare,
            DeletionScanInterval = existing.DeletionScanInterval,
            Dependencies = existing.Dependencies,
            RetryPolicy = existing.RetryPolicy,
            TimeZone = existing.TimeZone,
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
        TransformationsToIntegration = existing.TransformationsToIntegration,
        TransformationsToLocal = existing.TransformationsToLocal,
        Options = existing.Options,
        TableLookup = existing.TableLookup,
        IsOptional = existing.IsOptional,
        TimeZone = existing.TimeZone,
        Lookup = existing.Lookup,
        LocalMember = existing.LocalMember,
        IntegrationMember = existing.IntegrationMember,
    };

    // By the fields, not by the key: an existing field mapping may have a key of its own, and keeps it.
    private static bool IsRefinedBy(FieldMapping existing, FieldMapping field) =>
        existing.LocalField == field.LocalField && existing.IntegrationField == field.IntegrationField;

    private IntegrationTableMappingBuilder Add(FieldMapping field, Action<FieldMappingBuilder>? configure)
    {
        var builder = fields.Find(existing => IsRefinedBy(existing.Field, field));
        if (builder is null)
        {
            builder = new FieldMappingBuilder(this, field);
            fields.Add(builder);
        }
        else
        {
            builder.Become(field);
            configure ??= existing => existing.Enabled();
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
