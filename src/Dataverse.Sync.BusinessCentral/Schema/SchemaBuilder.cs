namespace Dataverse.Sync.BusinessCentral;

/// <summary>
/// Joins what the metadata, the built-in knowledge, and the options say of a table; the options have the last word.
/// </summary>
internal static class SchemaBuilder
{
    private const string DefaultKey = "id";
    private const string DefaultStamp = "lastModifiedDateTime";

    private const TextNormalization CodeForm =
        TextNormalization.TrimsStart | TextNormalization.TrimsEnd | TextNormalization.StoresUpperCase;

    // The database counts units of 1/300 s, so that most milliseconds come back changed. Three units are 10 ms: its
    // multiples are stored exactly, whichever way the service rounds the others.
    private static readonly TimeSpan InstantResolution = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan ClockResolution = TimeSpan.FromMilliseconds(1);

    private static readonly string[] BusinessKeys = ["number", "code"];

    public static TableDefinition Build(
        string name, string apiRoot, string entitySet, EntityModel.Set set, BusinessCentralTableOptions? options)
    {
        var standard = options?.Route is null ? StandardTables.Find(entitySet) : null;
        var names = StandardNames.Of(options?.Route is null ? entitySet : string.Empty);
        var fields = set.Properties
            .Select(property => (Property: property, Settings: SettingsOf(property.Name, standard, options)))
            .ToList();
        var schema = new TableSchema
        {
            Name = name,
            KeyField = options?.KeyField ?? standard?.KeyField ?? set.Key ?? DefaultKey,
            Fields = [.. fields.Select(field => FieldOf(field.Property, field.Settings, names[field.Property.Name]))],
            IsWritable = options?.IsWritable ?? standard?.IsWritable ?? true,
            KeepsChosenIds = options?.KeepsChosenIds ?? false,
            UnsupportedFields = set.Unsupported,
        };
        var parents = options is { Parents.Count: > 0 } ? options.Parents : standard?.Parents ?? [];
        var keepsKey = schema.KeepsChosenIds;
        schema = schema with
        {
            Fields = [.. schema.Fields.Select(field => field.Name == schema.KeyField ? AsKey(field, keepsKey) : field)],
            BusinessKeyField = BusinessKey(schema, options),
            IsWritable = schema.IsWritable && parents.Count == 0,
        };
        return new TableDefinition(schema)
        {
            ApiRoot = apiRoot,
            EntitySet = entitySet,
            ModifiedOnField = parents.Count == 0 ? StampOf(schema, options) : null,
            Parents = [.. parents],
            ParentField = options?.ParentField ?? standard?.ParentField,
            Unfilterable = fields
                .Where(field => field.Settings?.CanFilter == false)
                .Select(field => field.Property.Name)
                .ToHashSet(StringComparer.Ordinal),
        };
    }

    /// <summary>What is wrong between the options and the metadata, as sentences.</summary>
    public static IEnumerable<string> ProblemsOf(TableDefinition table, BusinessCentralTableOptions? options)
    {
        if (table.Schema.Find(table.Schema.KeyField)?.Type != FieldType.Identifier)
        {
            yield return $"Business Central: table '{table.Name}' has no key field '{table.Schema.KeyField}' that holds a GUID.";
        }

        var named = new[] { options?.ModifiedOnField, options?.BusinessKeyField, table.ParentField }.Concat(options?.Fields.Keys ?? []);
        foreach (var field in named.OfType<string>().Where(field => table.Schema.Find(field) is null))
        {
            yield return $"Business Central: table '{table.Name}' has no field '{field}', which its settings name.";
        }

        foreach (var field in table.Schema.Fields.Where(field => field.Type == FieldType.MultiChoice))
        {
            yield return $"Business Central: field '{field.Name}' of table '{table.Name}' is no set of options: "
                + "Business Central has none. It can be a text of labels.";
        }

        if (table.ModifiedOnField is { } stamp && table.Schema.Find(stamp) is { Type: not FieldType.DateTime })
        {
            yield return $"Business Central: field '{stamp}' of table '{table.Name}' is no stamp: it holds no instant.";
        }
    }

    private static FieldSchema AsKey(FieldSchema field, bool keepsChosenIds) =>
        field with { CanInsert = keepsChosenIds, CanUpdate = false, IsRequired = false };

    private static FieldSchema FieldOf(
        EntityModel.Property property, BusinessCentralFieldOptions? settings, IEnumerable<string> otherNames)
    {
        var type = settings?.Type ?? property.Type;
        var members = settings?.Members ?? property.Members;
        var isCode = settings?.IsCode ?? false;
        return new FieldSchema
        {
            Name = property.Name,
            OtherNames = settings?.OtherNames ?? [.. otherNames],
            Type = type,
            MaxLength = type == FieldType.Text ? settings?.MaxLength ?? property.MaxLength : null,
            Scale = type == FieldType.Decimal ? settings?.Scale : null,
            TimeResolution = ResolutionOf(type),
            DateTimeBehavior = type == FieldType.Date ? DateTimeBehavior.DateOnly : DateTimeBehavior.UserLocal,
            TextNormalization = isCode && type == FieldType.Text ? CodeForm : TextNormalization.None,
            CanBeBlank = type is not (FieldType.Integer or FieldType.Decimal or FieldType.Boolean
                or FieldType.Duration or FieldType.Time),
            CanInsert = settings?.CanInsert ?? true,
            CanUpdate = settings?.CanUpdate ?? true,
            IsRequired = settings?.IsRequired ?? false,
            IsCode = isCode,
            Options = type == FieldType.Choice ? [.. members.Select((member, index) => OptionOf(member, index, settings))] : [],
        };
    }

    private static TimeSpan? ResolutionOf(FieldType type) => type switch
    {
        FieldType.DateTime => InstantResolution,
        FieldType.Duration or FieldType.Time => ClockResolution,
        _ => null,
    };

    private static ChoiceOption OptionOf(string member, int index, BusinessCentralFieldOptions? settings) =>
        new(FieldValue.Text(member), member) { Number = settings?.FirstMember + index };

    private static BusinessCentralFieldOptions? SettingsOf(
        string field, BusinessCentralTableOptions? standard, BusinessCentralTableOptions? options)
    {
        var known = Setting(standard, field) is { } special ? special.Or(StandardTables.FindField(field)) : StandardTables.FindField(field);
        return Setting(options, field) is { } wish ? wish.Or(known) : known;
    }

    private static BusinessCentralFieldOptions? Setting(BusinessCentralTableOptions? table, string field) =>
        table is not null && table.Fields.TryGetValue(field, out var settings) ? settings : null;

    private static string? BusinessKey(TableSchema schema, BusinessCentralTableOptions? options) =>
        options?.BusinessKeyField ?? BusinessKeys.FirstOrDefault(field => schema.Find(field)?.Type == FieldType.Text);

    private static string? StampOf(TableSchema schema, BusinessCentralTableOptions? options) =>
        options?.ModifiedOnField ?? (schema.Find(DefaultStamp) is null ? null : DefaultStamp);
}
