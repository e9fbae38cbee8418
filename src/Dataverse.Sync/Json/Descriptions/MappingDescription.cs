namespace Dataverse.Sync.Documents;

/// <summary>The form of a table mapping.</summary>
internal static class MappingDescription
{
    public static ObjectForm<IntegrationTableMapping> Form { get; } = WithPolicies(WithCompanies(WithTables(
        new("mapping", "A local table and an integration table that are synchronized.", Blank))));

    /// <summary>Returns a mapping of any class as the one that has a form.</summary>
    public static IntegrationTableMapping Normalize(IIntegrationTableMapping mapping) =>
        new IntegrationTableMappingBuilder(mapping).Build();

    private static IntegrationTableMapping Blank() =>
        new() { Name = string.Empty, LocalTable = string.Empty, IntegrationTable = string.Empty };

    private static ObjectForm<IntegrationTableMapping> WithTables(ObjectForm<IntegrationTableMapping> form) => form
        .With("name", "The unique name of the mapping, such as CUSTOMER.", TextForm.Instance,
            value => value.Name, (value, name) => value with { Name = name }, isRequired: true)
        .With("localTable", "The table of the local side, as its connector names it.", TextForm.Instance,
            value => value.LocalTable, (value, table) => value with { LocalTable = table }, isRequired: true)
        .With("integrationTable", "The table of the integration side, as its connector names it.", TextForm.Instance,
            value => value.IntegrationTable, (value, table) => value with { IntegrationTable = table }, isRequired: true)
        .With("isEnabled", "Whether runs include the mapping. The default is true. Business Central: Status.",
            BooleanForm.Instance, value => value.IsEnabled, (value, enabled) => value with { IsEnabled = enabled })
        .With("direction", "The direction in which changes travel. The default is Bidirectional.",
            ChoiceForm<SyncDirection>.Instance, value => value.Direction,
            (value, direction) => value with { Direction = direction })
        .With("localFilter", "The local records that take part; null for all. Business Central: Table Filter.", Filter(),
            value => value.LocalFilter, (value, filter) => value with { LocalFilter = filter })
        .With("integrationFilter", "The integration records that take part; null for all. Business Central: Integration Table "
            + "Filter.", Filter(), value => value.IntegrationFilter,
            (value, filter) => value with { IntegrationFilter = filter })
        .With("fields", "The field mappings, in the order in which they are transferred.", new FieldListForm(),
            value => value.Fields, (value, fields) => value with { Fields = fields })
        .With("matchGroups", "The groups of fields by which uncoupled records are matched, in the order in which they are "
            + "tried. Business Central: Use For Match-Based Coupling, Match Priority.",
            new ListForm<MatchGroup>(MatchDescription.Form, () => new([])),
            value => value.MatchGroups, (value, groups) => value with { MatchGroups = groups });

    private static ObjectForm<IntegrationTableMapping> WithCompanies(ObjectForm<IntegrationTableMapping> form) => form
        .With("companyColumns", "The columns by which companies claim the rows of the integration table.",
            CompanyDescription.Columns, value => value.CompanyColumns,
            (value, columns) => value with { CompanyColumns = columns })
        .With("readsAllCompanies", "Whether rows that other companies claim take part as well. Business Central: Multi Company "
            + "Synch. Enabled.", BooleanForm.Instance, value => value.ReadsAllCompanies,
            (value, reads) => value with { ReadsAllCompanies = reads })
        .With("isSharedByCompanies", "Whether all companies share the rows of the integration table.", BooleanForm.Instance,
            value => value.IsSharedByCompanies, (value, shared) => value with { IsSharedByCompanies = shared })
        .With("defaultOwner", "The owner of the integration rows that the mapping creates if no field mapping names one.",
            new OptionalForm<DefaultOwner>(CompanyDescription.Owner, () => new()),
            value => value.DefaultOwner, (value, owner) => value with { DefaultOwner = owner })
        .With("templates", "Initial values of the rows that the mapping creates.", TemplateDescription.List,
            value => value.Templates, (value, templates) => value with { Templates = templates });

    private static ObjectForm<IntegrationTableMapping> WithPolicies(ObjectForm<IntegrationTableMapping> form) => form
        .With("synchronizesOnlyCoupledRecords", "Whether runs of modified records leave uncoupled records without a match alone. "
            + "The default is true. Business Central: Synch. Only Coupled Records.", BooleanForm.Instance,
            value => value.SynchronizesOnlyCoupledRecords,
            (value, only) => value with { SynchronizesOnlyCoupledRecords = only })
        .With("outsideFilterPolicy", "What happens to a pair while one of its records is outside the filter; null to decide by "
            + "the filter.", new OptionalChoiceForm<OutsideFilterPolicy>(), value => value.OutsideFilterPolicy,
            (value, policy) => value with { OutsideFilterPolicy = policy })
        .With("doubtfulMatchPolicy", "What happens to an uncoupled record whose partner is doubtful. The default is Ask.",
            ChoiceForm<DoubtfulMatchPolicy>.Instance, value => value.DoubtfulMatchPolicy,
            (value, policy) => value with { DoubtfulMatchPolicy = policy })
        .With("updateConflictPolicy", "What happens when a field was changed on both sides. The default is None. Business "
            + "Central: Update-Conflict Resolution.", ChoiceForm<UpdateConflictPolicy>.Instance,
            value => value.UpdateConflictPolicy, (value, policy) => value with { UpdateConflictPolicy = policy })
        .With("deletionPolicy", "What happens when one record of a pair was deleted. The default is None. Business Central: "
            + "Deletion-Conflict Resolution.", ChoiceForm<DeletionPolicy>.Instance,
            value => value.DeletionPolicy, (value, policy) => value with { DeletionPolicy = policy })
        .With("cascadePolicy", "What happens if a deletion would make the system delete coupled records that nobody deleted. The "
            + "default is Ask.", ChoiceForm<CascadePolicy>.Instance, value => value.CascadePolicy,
            (value, policy) => value with { CascadePolicy = policy })
        .With("maximumDeletionShare", "The share of all couplings for which one run may draw a conclusion from a missing record, "
            + "from 0 to 1. The default is 0.1.", ShareForm.Instance, value => value.MaximumDeletionShare,
            (value, share) => value with { MaximumDeletionShare = share })
        .With("deletionScanInterval", "How long after a scan of all ids the next run scans them again. The default is one day.",
            DurationForm.Instance, value => value.DeletionScanInterval,
            (value, interval) => value with { DeletionScanInterval = interval })
        .With("dependencies", "The names of the mappings that run before this one. Business Central: Dependency Filter.",
            new ListForm<string>(TextForm.Instance, () => string.Empty, isUnique: true),
            value => value.Dependencies, (value, names) => value with { Dependencies = names })
        .With("retryPolicy", "When failed records are tried again.", RetryDescription.Form,
            value => value.RetryPolicy, (value, policy) => value with { RetryPolicy = policy })
        .With("timeZone", "The time zone in which instants have a date, for field mappings without one of their own.",
            new OptionalForm<TimeZoneInfo>(TimeZoneForm.Instance, () => TimeZoneInfo.Utc),
            value => value.TimeZone, (value, zone) => value with { TimeZone = zone })
        .With("rules", "The rules of the mapping: names that code registers, or kinds that the library has.",
            new ListForm<ISyncRule>(RuleDescription.Form, () => null!),
            value => value.Rules, (value, rules) => value with { Rules = rules });

    private static OptionalForm<RecordFilter> Filter() => new(FilterForm.Instance, () => FilterForm.Nothing);
}
