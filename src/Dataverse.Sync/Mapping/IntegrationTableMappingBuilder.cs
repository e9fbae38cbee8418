namespace Dataverse.Sync;

/// <summary>Builds an integration table mapping step by step.</summary>
/// <remarks>
/// Settings that are not named keep the defaults of <see cref="IntegrationTableMapping"/>, which are those of Business
/// Central. Not safe for concurrent use. Each method returns the same builder. The mapping is validated against both
/// tables when an engine first uses it.
/// </remarks>
public sealed class IntegrationTableMappingBuilder
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

    /// <summary>Sets the columns by which companies claim the rows of the integration table.</summary>
    /// <param name="columns">
    /// The columns in the order of preference; the first one that the table has counts. Empty for none.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="columns"/> or one of them is null.</exception>
    public IntegrationTableMappingBuilder ClaimedBy(params IReadOnlyList<CompanyColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        foreach (var column in columns)
        {
            ArgumentNullException.ThrowIfNull(column, nameof(columns));
        }

        return Change(mapping with { CompanyColumns = [.. columns] });
    }

    /// <summary>
    /// Sets whether rows that other companies claim take part as well. The default is false. Recommended only for
    /// mappings that do not write the integration side.
    /// </summary>
    /// <param name="readsAll">True to read and couple the rows of all companies.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder ReadAllCompanies(bool readsAll = true) =>
        Change(mapping with { ReadsAllCompanies = readsAll });

    /// <summary>Sets whether all companies share the rows of the integration table. The default is false.</summary>
    /// <param name="isShared">True for a table such as users or currencies.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder SharedByCompanies(bool isShared = true) =>
        Change(mapping with { IsSharedByCompanies = isShared });

    /// <summary>
    /// Sets the owner of the integration rows that the mapping creates if no field mapping names one. The default is
    /// null, which leaves it to the system.
    /// </summary>
    /// <param name="owner">The owner, or null.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder OwnedBy(DefaultOwner? owner) =>
        Change(mapping with { DefaultOwner = owner });

    /// <summary>Matches uncoupled records by a pair of fields, which do not have to be mapped.</summary>
    /// <remarks>If the match group already contains the pair of fields, its case sensitivity is changed.</remarks>
    /// <param name="local">The local field.</param>
    /// <param name="integration">The integration column.</param>
    /// <param name="priority">
    /// The match group of the fields. All fields of a group must match; groups with a lower number are tried first.
    /// </param>
    /// <param name="caseSensitive">Whether letter case matters in texts.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A name is null, empty, or white space.</exception>
    public IntegrationTableMappingBuilder MatchOn(
        string local, string integration, int priority = 0, bool caseSensitive = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(local);
        ArgumentException.ThrowIfNullOrWhiteSpace(integration);
        matches.Add(priority, new MatchField(local, integration, caseSensitive));
        return this;
    }

    /// <summary>
    /// Names a pair of fields that decides if several records match by a match group: of these, only records count that
    /// are equal in this pair of fields too.
    /// </summary>
    /// <param name="local">The local field.</param>
    /// <param name="integration">The integration column.</param>
    /// <param name="priority">The match group, to which <see cref="MatchOn"/> adds the fields.</param>
    /// <param name="caseSensitive">Whether letter case matters in texts.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A name is null, empty, or white space.</exception>
    public IntegrationTableMappingBuilder ConfirmOn(
        string local, string integration, int priority = 0, bool caseSensitive = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(local);
        ArgumentException.ThrowIfNullOrWhiteSpace(integration);
        matches.Confirm(priority, new MatchField(local, integration, caseSensitive));
        return this;
    }

    /// <summary>
    /// Names a pair of fields that suggests a partner but does not prove it, such as an e-mail address that two people
    /// share. Records that are equal in it and that no match group couples are doubtful.
    /// </summary>
    /// <param name="local">The local field.</param>
    /// <param name="integration">The integration column.</param>
    /// <param name="priority">
    /// The group of the fields. All fields of a group must be equal; groups with a lower number are tried first, a
    /// suggestion after the match group of the same number.
    /// </param>
    /// <param name="caseSensitive">Whether letter case matters in texts.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A name is null, empty, or white space.</exception>
    public IntegrationTableMappingBuilder SuggestOn(
        string local, string integration, int priority = 0, bool caseSensitive = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(local);
        ArgumentException.ThrowIfNullOrWhiteSpace(integration);
        matches.Suggest(priority, new MatchField(local, integration, caseSensitive));
        return this;
    }

    /// <summary>
    /// Sets what happens to a pair while one of its records is outside the mapping's filter. The default is
    /// <see cref="OutsideFilterPolicy.Follow"/> where the mapping synchronizes a field that the filter reads, and
    /// <see cref="OutsideFilterPolicy.Wait"/> otherwise.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder WhenOutsideFilter(OutsideFilterPolicy policy) =>
        Change(mapping with { OutsideFilterPolicy = policy });

    /// <summary>
    /// Sets what happens to an uncoupled record whose partner is doubtful. The default is
    /// <see cref="DoubtfulMatchPolicy.Ask"/>.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder OnDoubtfulMatch(DoubtfulMatchPolicy policy) =>
        Change(mapping with { DoubtfulMatchPolicy = policy });

    /// <summary>Removes all match fields.</summary>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder MatchOnNothing()
    {
        matches.Clear();
        return this;
    }

    /// <summary>
    /// Sets whether runs of modified records leave uncoupled records without a match alone. The default is true.
    /// </summary>
    /// <param name="onlyCoupled">False to create such records on the other side.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder OnlyCoupledRecords(bool onlyCoupled) =>
        Change(mapping with { SynchronizesOnlyCoupledRecords = onlyCoupled });

    /// <summary>
    /// Sets what happens when a field was changed on both sides. The default is
    /// <see cref="UpdateConflictPolicy.None"/>.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder OnUpdateConflict(UpdateConflictPolicy policy) =>
        Change(mapping with { UpdateConflictPolicy = policy });

    /// <summary>
    /// Sets what happens when one record of a pair was deleted. The default is <see cref="DeletionPolicy.None"/>.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder OnDeletion(DeletionPolicy policy) =>
        Change(mapping with { DeletionPolicy = policy });

    /// <summary>
    /// Sets what happens if a deletion by the engine would make the system delete coupled records that nobody deleted, such
    /// as the contacts of an account. The default is <see cref="CascadePolicy.Ask"/>.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <returns>A builder with the change.</returns>
    public IntegrationTableMappingBuilder OnCascade(CascadePolicy policy) =>
        Change(mapping with { CascadePolicy = policy });

    /// <summary>
    /// Sets the share of all couplings for which one run may draw a conclusion from a missing record. The default is 0.1.
    /// </summary>
    /// <param name="share">A share from 0 to 1; see <see cref="IIntegrationTableMapping.MaximumDeletionShare"/>.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder MaximumDeletionShare(double share) =>
        Change(mapping with { MaximumDeletionShare = share });

    /// <summary>
    /// Sets the interval of the scans for deletions on a side that does not report them. The default is one day.
    /// </summary>
    /// <param name="interval">The interval; zero scans in every run. Must not be negative.</param>
    /// <returns>This builder.</returns>
    public IntegrationTableMappingBuilder ScanForDeletionsEvery(TimeSpan interval) =>
        Change(mapping with { DeletionScanInterval = interval });

    /// <summary>
    /// Adds mappings that run before this one when several are run. Business Central: Dependency Filter.
    /// </summary>
    /// <param name="mappings">The names of the mappings.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="mappings"/> is null.</exception>
    /// <exception cref="ArgumentException">A name is null, empty, or white space.</exception>
    public IntegrationTableMappingBuilder DependsOn(params IReadOnlyList<string> mappings)
    {
        ArgumentNullException.ThrowIfNull(mappings);
        foreach (var name in mappings)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name, nameof(mappings));
        }

        var all = mapping.Dependencies.Union(mappings, StringComparer.OrdinalIgnoreCase);
        return Change(mapping with { Dependencies = [.. all] });
    }

    /// <summary>Sets when failed records are tried again.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="policy"/> is null.</exception>
    public IntegrationTableMappingBuilder Retry(RetryPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Change(mapping with { RetryPolicy = policy });
    }

    /// <summary>
    /// Sets the time zone in which instants have a date, for fields that join a date with an instant and name none.
    /// </summary>
    /// <param name="id">
    /// The id of the time zone, such as "Europe/Amsterdam" or "UTC". Windows ids work on every system as well.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is null, empty, or white space.</exception>
    /// <exception cref="TimeZoneNotFoundException">The system knows no such time zone.</exception>
    public IntegrationTableMappingBuilder InTimeZone(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return Change(mapping with { TimeZone = TimeZones.Find(id) });
    }

    /// <summary>Adds a rule that is called for the records of this mapping only.</summary>
    /// <param name="rule">The rule. It serves all runs and must be safe for concurrent use.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rule"/> is null.</exception>
    public IntegrationTableMappingBuilder AddRule(ISyncRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Change(mapping with { Rules = [.. mapping.Rules, rule] });
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
        TimeZone = existing.TimeZone,
        Lookup = existing.Lookup,
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
