using System.Collections.Frozen;

namespace Dataverse.Sync.Shared;

/// <summary>Interprets the metadata of a table: its columns, its schema, and what the service offers for it.</summary>
internal sealed class SchemaBuilder(SchemaOptions options, EntityModel model)
{
    private readonly FieldBuilder fieldBuilder = new(model);
    private readonly List<UnsupportedField> unsupported = [];

    /// <summary>Builds the definition of the table.</summary>
    /// <exception cref="FormatException">The metadata contradict each other or hold a malformed name.</exception>
    public TableDefinition Build()
    {
        var keyColumn = model.Entity.PrimaryIdAttribute!;
        var fullName = FindSplitter();
        var columns = new Dictionary<string, Column>();
        var fields = new List<FieldSchema>();
        foreach (var attribute in model.Attributes)
        {
            var details = model.Details.GetValueOrDefault(attribute.LogicalName ?? string.Empty);
            if (string.IsNullOrEmpty(attribute.LogicalName))
            {
                continue;
            }

            if (TypeOf(attribute, details) is not { } type)
            {
                unsupported.Add(UnsupportedColumns.Describe(attribute));
            }
            else if (columns.TryAdd(attribute.LogicalName, MakeColumn(attribute, type)))
            {
                fields.Add(fieldBuilder.Build(attribute, details, columns[attribute.LogicalName]));
            }
        }

        if (fullName is not null && fields.FindIndex(field => field.Name == ColumnNames.FullName) is >= 0 and var at)
        {
            fields[at] = MakeWritable(fields, fields[at], fullName);
        }

        if (columns.GetValueOrDefault(keyColumn) is not { Type: FieldType.Identifier })
        {
            throw new FormatException("The table's key is none of its columns, or no GUID.");
        }

        return MakeTable(keyColumn, fields, columns, fullName);
    }

    private TableDefinition MakeTable(
        string keyColumn, List<FieldSchema> fields, Dictionary<string, Column> columns, FullNameSplitter? fullName)
    {
        var table = model.Entity.LogicalName!;
        var tracksChanges = model.Entity.ChangeTrackingEnabled == true && options.UsesChangeTracking;
        return new TableDefinition
        {
            Schema = new TableSchema
            {
                Name = table,
                Fields = fields,
                KeyField = keyColumn,
                KeepsChosenIds = true,
                ReportsDeletions = tracksChanges,
                BusinessKeyField = BusinessKeyOf(table, columns),
                MergeFields = MergeFieldsOf(columns),
                UnsupportedFields = unsupported,
            },
            Columns = columns.ToFrozenDictionary(),
            EntitySetName = model.Entity.EntitySetName!,
            TracksChanges = tracksChanges,
            ChecksVersions = model.Entity.IsOptimisticConcurrencyEnabled == true,
            OffersCreateMultiple = options.TrustsOwnIds && model.OffersCreateMultiple,
            FullName = fullName,
            MaskedColumns = model.MaskedColumns,
        };
    }

    private static string? BusinessKeyOf(string table, Dictionary<string, Column> columns) =>
        table == "transactioncurrency" && columns.ContainsKey("isocurrencycode") ? "isocurrencycode" : null;

    // Every table whose rows can be merged has both columns under these names.
    private static MergeFields? MergeFieldsOf(Dictionary<string, Column> columns) =>
        columns.GetValueOrDefault(ColumnNames.Merged) is { Type: FieldType.Boolean }
        && columns.GetValueOrDefault(ColumnNames.Master) is { Type: FieldType.Reference }
            ? new() { Survivor = ColumnNames.Master, Flag = ColumnNames.Merged }
            : null;

    // A multi-select choice has the type Virtual; only its cast distinguishes it from an image. The name columns that
    // accompany lookups and choices are attributes of those columns and not properties of a row.
    private FieldType? TypeOf(AttributeDefinition attribute, AttributeDefinition? details)
    {
        if (attribute.IsValidForRead == false || attribute.AttributeOf is { Length: > 0 })
        {
            return null;
        }

        return model.MultiSelectColumns.Contains(attribute.LogicalName!)
            ? FieldType.MultiChoice
            : ColumnTypes.Of(attribute.AttributeType, details?.DateTimeBehavior?.Value, details?.Format);
    }

    private Column MakeColumn(AttributeDefinition attribute, FieldType type) =>
        new(DefinedName.Require(attribute.LogicalName!), type, type == FieldType.Reference ? [.. TargetsOf(attribute)] : [])
        {
            MayBeWithheld = attribute.IsSecured == true,
            ColumnType = model.MultiSelectColumns.Contains(attribute.LogicalName!)
                ? ColumnTypes.MultiSelect
                : attribute.AttributeType!,
        };

    private IEnumerable<LookupTarget> TargetsOf(AttributeDefinition attribute)
    {
        foreach (var relationship in model.Relationships.Where(item => item.ReferencingAttribute == attribute.LogicalName))
        {
            var navigation = relationship.ReferencingEntityNavigationPropertyName;
            if (string.IsNullOrEmpty(relationship.ReferencedEntity) || string.IsNullOrEmpty(navigation))
            {
                continue;
            }

            _ = DefinedName.Require(navigation);
            foreach (var table in LookupTables.Of(DefinedName.Require(relationship.ReferencedEntity)))
            {
                yield return new LookupTarget(table, navigation);
            }
        }
    }

    // The name is written by its parts, so that it can be written where they can.
    private static FieldSchema MakeWritable(List<FieldSchema> fields, FieldSchema field, FullNameSplitter splitter)
    {
        var parts = fields.Where(part => part.Name is ColumnNames.FirstName or ColumnNames.MiddleName or ColumnNames.LastName).ToList();
        return field with
        {
            CanInsert = parts.TrueForAll(part => part.CanInsert),
            CanUpdate = parts.TrueForAll(part => part.CanUpdate),
            MaxLength = Math.Min(field.MaxLength ?? int.MaxValue, splitter.MaxLength),
        };
    }

    private FullNameSplitter? FindSplitter()
    {
        if (model.NameOrder is not { } order
            || LengthOf(ColumnNames.FirstName) is not { } first
            || LengthOf(ColumnNames.LastName) is not { } last)
        {
            return null;
        }

        var middle = order == NameOrder.FirstMiddleLast ? LengthOf(ColumnNames.MiddleName) : null;
        return new FullNameSplitter(first, middle, last);
    }

    private int? LengthOf(string column) => model.Details.GetValueOrDefault(column)?.MaxLength;
}
