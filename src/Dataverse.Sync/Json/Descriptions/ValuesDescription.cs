namespace Dataverse.Sync.Documents;

/// <summary>The forms of tables of values, options, and look-ups in tables.</summary>
internal static class ValuesDescription
{
    private const string Unmapped = "What happens to a value without a counterpart. The default is Fail.";
    private const string ForIntegration = "The integration value for a local value without a counterpart, with UseDefault.";
    private const string ForLocal = "The local value for an integration value without a counterpart, with UseDefault.";

    private static readonly ListForm<ValuePair> Pairs = new(
        new ObjectForm<ValuePair>(
            "valuePair", "A local value and the integration value that stands for the same thing.", () => new(default, default(FieldValue)))
            .With("local", "The local value.", FieldValueForm.Instance,
                value => value.Local, (value, local) => value with { Local = local }, isRequired: true)
            .With("integration", "The integration value.", FieldValueForm.Instance,
                value => value.Integration, (value, integration) => value with { Integration = integration }, isRequired: true),
        () => new(default, default(FieldValue)));

    public static ObjectForm<ValueTable> Table { get; } = new ObjectForm<ValueTable>(
        "valueTable", "Converts values by a table of pairs.", () => new())
        .With("pairs", "The pairs.", Pairs, value => value.Pairs,
            (value, pairs) => Copy(value, pairs), isRequired: true)
        .With("whenUnmapped", Unmapped, ChoiceForm<UnmappedValuePolicy>.Instance, value => value.WhenUnmapped,
            (value, policy) => Copy(value, policy: policy))
        .With("defaultForIntegration", ForIntegration, OptionalValueForm.Instance, value => value.DefaultForIntegration,
            (value, fallback) => new(value.Pairs)
            {
                WhenUnmapped = value.WhenUnmapped,
                DefaultForIntegration = fallback,
                DefaultForLocal = value.DefaultForLocal,
            })
        .With("defaultForLocal", ForLocal, OptionalValueForm.Instance, value => value.DefaultForLocal,
            (value, fallback) => new(value.Pairs)
            {
                WhenUnmapped = value.WhenUnmapped,
                DefaultForIntegration = value.DefaultForIntegration,
                DefaultForLocal = fallback,
            });

    public static ObjectForm<OptionMapping> Options { get; } = new ObjectForm<OptionMapping>(
        "options", "Translates the options of a field. Business Central: option mapping.", () => new())
        .With("localTable", "The table with the local options; null for an enumeration or a text.", OptionTable(),
            value => value.LocalTable, (value, table) => value with { LocalTable = table })
        .With("integrationTable", "The table with the integration options; null for a choice or a text.", OptionTable(),
            value => value.IntegrationTable, (value, table) => value with { IntegrationTable = table })
        .With("pairs", "Options that belong together although their labels differ.", Pairs,
            value => value.Pairs, (value, pairs) => value with { Pairs = pairs })
        .With("whenUnmapped", Unmapped, ChoiceForm<UnmappedValuePolicy>.Instance, value => value.WhenUnmapped,
            (value, policy) => value with { WhenUnmapped = policy })
        .With("defaultForIntegration", ForIntegration, OptionalValueForm.Instance, value => value.DefaultForIntegration,
            (value, fallback) => value with { DefaultForIntegration = fallback })
        .With("defaultForLocal", ForLocal, OptionalValueForm.Instance, value => value.DefaultForLocal,
            (value, fallback) => value with { DefaultForLocal = fallback });

    public static ObjectForm<TableLookup> Lookup { get; } = new ObjectForm<TableLookup>(
        "tableLookup", "Translates values through a table that contains both.",
        () => new(SyncSide.Local, string.Empty, string.Empty, string.Empty))
        .With("side", "The system with the table.", ChoiceForm<SyncSide>.Instance,
            value => value.Side, (value, side) => value with { Side = side }, isRequired: true)
        .With("table", "The table, as the connector of its side names it.", TextForm.Instance,
            value => value.Table, (value, table) => value with { Table = table }, isRequired: true)
        .With("localValue", "The field of the table with the local value.", TextForm.Instance,
            value => value.LocalValue, (value, field) => value with { LocalValue = field }, isRequired: true)
        .With("integrationValue", "The field of the table with the integration value.", TextForm.Instance,
            value => value.IntegrationValue, (value, field) => value with { IntegrationValue = field }, isRequired: true)
        .With("filter", "The records of the table to use; null for all.",
            new OptionalForm<RecordFilter>(FilterForm.Instance, () => FilterForm.Nothing),
            value => value.Filter, (value, filter) => value with { Filter = filter })
        .With("whenUnmapped", Unmapped, ChoiceForm<UnmappedValuePolicy>.Instance, value => value.WhenUnmapped,
            (value, policy) => value with { WhenUnmapped = policy })
        .With("defaultForIntegration", ForIntegration, OptionalValueForm.Instance, value => value.DefaultForIntegration,
            (value, fallback) => value with { DefaultForIntegration = fallback })
        .With("defaultForLocal", ForLocal, OptionalValueForm.Instance, value => value.DefaultForLocal,
            (value, fallback) => value with { DefaultForLocal = fallback });

    private static OptionalForm<OptionTable> OptionTable() => new(
        new ObjectForm<OptionTable>(
            "optionTable", "A table whose records are the options of a field.", () => new(string.Empty, string.Empty))
            .With("table", "The table, as the connector of its side names it.", TextForm.Instance,
                value => value.Table, (value, table) => value with { Table = table }, isRequired: true)
            .With("codeField", "The field with the code that is compared with the label of an option.", TextForm.Instance,
                value => value.CodeField, (value, field) => value with { CodeField = field }, isRequired: true)
            .With("keyField", "The field whose value the mapped field contains; null for the id of the record.",
                new OptionalForm<string>(TextForm.Instance, () => string.Empty), value => value.KeyField,
                (value, field) => value with { KeyField = field }),
        () => new(string.Empty, string.Empty));

    private static ValueTable Copy(
        ValueTable table, IReadOnlyList<ValuePair>? pairs = null, UnmappedValuePolicy? policy = null) =>
        new(pairs ?? table.Pairs)
        {
            WhenUnmapped = policy ?? table.WhenUnmapped,
            DefaultForIntegration = table.DefaultForIntegration,
            DefaultForLocal = table.DefaultForLocal,
        };
}
