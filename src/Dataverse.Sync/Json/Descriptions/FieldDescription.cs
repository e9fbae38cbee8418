namespace Dataverse.Sync.Documents;

/// <summary>The form of a field mapping.</summary>
internal static class FieldDescription
{
    /// <summary>The member of an entry that says what it does with the field mapping that it names.</summary>
    public const string Action = "action";

    public static ObjectForm<FieldMapping> Form { get; } = Create();

    /// <summary>The default direction: both ways between two fields, and to its own side for a constant.</summary>
    public static SyncDirection DirectionOf(FieldMapping field) =>
        field.LocalField is null ? SyncDirection.ToIntegrationTable
        : field.IntegrationField is null ? SyncDirection.FromIntegrationTable
        : SyncDirection.Bidirectional;

    private static ObjectForm<FieldMapping> Create() => new ObjectForm<FieldMapping>(
        "fieldMapping", "A local field and an integration column that hold the same information, or a constant for one.",
        () => new())
        .WithControl(Action, definitions => SchemaDefinitions.Explain(
            ChoiceForm<FieldAction>.Instance.Describe(definitions),
            "What the entry does with the field mapping that it names. The default is AddOrChange."))
        .With("localField", "The local field; without it, the integration column receives a constant.", Text(),
            value => value.LocalField, (value, field) => value with { LocalField = field })
        .With("integrationField", "The integration column; without it, the local field receives a constant.", Text(),
            value => value.IntegrationField, (value, field) => value with { IntegrationField = field })
        .With("key", "Identifies the field mapping in what is stored. The default is both names, separated by '>'.",
            TextForm.Instance, value => value.Key.Value, (value, key) => value with { Key = new(key) },
            fallback: value => FieldMappingKey.Between(value.LocalField, value.IntegrationField).Value)
        .With("direction", "The direction in which the field is synchronized. The default is Bidirectional, or toward its own "
            + "side for a constant.", ChoiceForm<SyncDirection>.Instance, value => value.Direction,
            (value, direction) => value with { Direction = direction }, fallback: DirectionOf)
        .With("isEnabled", "Whether the field takes part. The default is true. Business Central: Status.", BooleanForm.Instance,
            value => value.IsEnabled, (value, enabled) => value with { IsEnabled = enabled })
        .With("constant", "The value for a field without a field on the other side. Business Central: Constant Value.",
            FieldValueForm.Instance, value => value.Constant, (value, constant) => value with { Constant = constant })
        .With("onInsertOnly", "Whether the field is written only when a record is created.", BooleanForm.Instance,
            value => value.OnInsertOnly, (value, only) => value with { OnInsertOnly = only })
        .With("skipsBlank", "Whether a blank is not written. Business Central: Not Null.", BooleanForm.Instance,
            value => value.SkipsBlank, (value, skips) => value with { SkipsBlank = skips })
        .With("converter", "Converts values: a name that code registers, or a kind that the library has; null for the standard "
            + "conversion.",
            new OptionalForm<IFieldConverter>(ConverterForm(), () => null!), value => value.Converter,
            (value, converter) => value with { Converter = converter })
        .With("transformationsToIntegration", "The rules that transform a local value on its way to the integration side.",
            TransformationDescription.Form, value => value.TransformationsToIntegration,
            (value, rules) => value with { TransformationsToIntegration = rules })
        .With("transformationsToLocal", "The rules that transform an integration value on its way to the local side.",
            TransformationDescription.Form, value => value.TransformationsToLocal,
            (value, rules) => value with { TransformationsToLocal = rules })
        .With("options", "Translates options between the sides. Business Central: option mapping.",
            new OptionalForm<OptionMapping>(ValuesDescription.Options, () => new()), value => value.Options,
            (value, options) => value with { Options = options })
        .With("tableLookup", "Translates values through a table that contains both.",
            new OptionalForm<TableLookup>(ValuesDescription.Lookup, () => NoLookup), value => value.TableLookup,
            (value, lookup) => value with { TableLookup = lookup })
        .With("isOptional", "Whether the field mapping is left out if a field or a table that it names does not exist.",
            BooleanForm.Instance, value => value.IsOptional, (value, optional) => value with { IsOptional = optional })
        .With("timeZone", "The time zone in which the instants of the field have a date; null for that of the mapping.",
            new OptionalForm<TimeZoneInfo>(TimeZoneForm.Instance, () => TimeZoneInfo.Utc), value => value.TimeZone,
            (value, zone) => value with { TimeZone = zone })
        .With("lookup", "Translates references between the sides; null if the field is no reference.",
            new OptionalForm<LookupMapping>(LookupDescription.Form, () => new() { Via = [] }), value => value.Lookup,
            (value, lookup) => value with { Lookup = lookup })
        .CheckedWithBefore(Check);

    private static OptionalForm<string> Text() => new(TextForm.Instance, () => string.Empty);

    private static TableLookup NoLookup => new(SyncSide.Local, string.Empty, string.Empty, string.Empty);

    private static CodeForm<IFieldConverter> ConverterForm() => new(
        "converter",
        code => code.Converters,
        new ObjectKind<IFieldConverter, ValueTable>(ValuesDescription.Table) { Name = "ValueTable" });

    // The rules of the builder. Whether the fields exist is checked against the schemas, as for mappings made by code.
    private static void Check(Node node, FieldMapping before, FieldMapping field, Reading reading)
    {
        if (field.LocalField is null && field.IntegrationField is null)
        {
            reading.Add(node, "lacks 'localField' or 'integrationField'.");
        }
        else if (field.LocalField is not null && field.IntegrationField is not null)
        {
            CheckPair(node, field, reading);
        }
        else
        {
            CheckConstant(node, before, field, reading);
        }
    }

    private static void CheckPair(Node node, FieldMapping field, Reading reading)
    {
        if (!field.Constant.IsBlank)
        {
            reading.Add(node.Find("constant") ?? node, "is a constant, but the mapping has fields on both sides.");
        }

        var hasRules = field.TransformationsToIntegration.Count + field.TransformationsToLocal.Count > 0;
        if (field.Lookup is not null && (field.Converter is not null || hasRules))
        {
            reading.Add(node.Find("converter") ?? node, "has a lookup, whose references are not converted.");
        }

        var ways = new object?[] { field.Converter, field.Lookup, field.Options, field.TableLookup }.Count(way => way is not null);
        if (ways > 1 && (field.Options is not null || field.TableLookup is not null))
        {
            reading.Add(node, "translates values in several ways; of a converter, a lookup, options, and a table look-up, "
                + "only one can be used.");
        }
        else if (field.Options is not null && hasRules)
        {
            reading.Add(node, "has options, which are not transformed by rules.");
        }
    }

    private static void CheckConstant(Node node, FieldMapping before, FieldMapping field, Reading reading)
    {
        // A field that receives a blank already may be changed in another respect.
        var wasConstant = before.LocalField is null != before.IntegrationField is null;
        if (field.Constant.IsBlank && !wasConstant && node.Find("constant") is null)
        {
            reading.Add(node, "names a field of one side only; it lacks the other, or a 'constant'.");
        }

        var isPlain = field is { Converter: null, Lookup: null, Options: null, TableLookup: null }
            && field.TransformationsToIntegration.Count + field.TransformationsToLocal.Count == 0;
        if (!isPlain)
        {
            reading.Add(node, "is a constant, which is written as it is: it is neither converted nor looked up.");
        }

        var side = field.LocalField is null ? SyncSide.Integration : SyncSide.Local;
        if (!field.Direction.ReachesSide(side))
        {
            reading.Add(node.Find("direction") ?? node, $"is {field.Direction}; a constant is written to its own side.");
        }
    }
}
