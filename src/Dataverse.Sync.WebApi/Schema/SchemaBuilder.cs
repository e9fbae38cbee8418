using System.Collections.Frozen;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Interprets the metadata of a table: its columns, its schema, and what the service offers for it.</summary>
internal sealed class SchemaBuilder(WebApiOptions options, EntityModel model)
{
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
            if (TypeOf(attribute, details) is not { } type || !columns.TryAdd(attribute.LogicalName!, MakeColumn(attribute, type)))
            {
                continue;
            }

            var field = MakeField(attribute, details, columns[attribute.LogicalName!], keyColumn);
            fields.Add(field.Name == ColumnNames.FullName && fullName is not null ? MakeWritable(field, fullName) : field);
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
        var tracksChanges = model.Entity.ChangeTrackingEnabled == true && options.ChangeTracking == ChangeTracking.Automatic;
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
            },
            Columns = columns.ToFrozenDictionary(),
            EntitySetName = model.Entity.EntitySetName!,
            TracksChanges = tracksChanges,
            ChecksVersions = model.Entity.IsOptimisticConcurrencyEnabled == true,
            OffersCreateMultiple = options.TrustOwnIdsInCreateMultiple && model.OffersCreateMultiple,
            FullName = fullName,
        };
    }

    private static string? BusinessKeyOf(string table, Dictionary<string, Column> columns) =>
        table == "transactioncurrency" && columns.ContainsKey("isocurrencycode") ? "isocurrencycode" : null;

    // A multi-select choice has the type Virtual; only its cast distinguishes it from an image. The name columns that
    // accompany lookups and choices are attributes of those columns and not properties of a row.
    private FieldType? TypeOf(AttributeDefinition attribute, AttributeDefinition? details)
    {
        if (string.IsNullOrEmpty(attribute.LogicalName) || attribute.IsValidForRead == false || attribute.AttributeOf is { Length: > 0 })
        {
            return null;
        }

        return model.MultiSelectColumns.Contains(attribute.LogicalName)
            ? FieldType.Text
            : ColumnTypes.Of(attribute.AttributeType, details?.DateTimeBehavior?.Value ?? details?.Format);
    }

    private Column MakeColumn(AttributeDefinition attribute, FieldType type) =>
        new(DefinedName.Require(attribute.LogicalName!), type, type == FieldType.Reference ? [.. TargetsOf(attribute)] : []);

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

    private static FieldSchema MakeField(
        AttributeDefinition attribute, AttributeDefinition? details, Column column, string keyColumn)
    {
        var canUpdate = attribute.IsValidForUpdate == true && column.Name != keyColumn;
        var canInsert = attribute.IsValidForCreate == true;
        return new FieldSchema
        {
            Name = column.Name,
            Type = column.Type,
            MaxLength = column.Type == FieldType.Text && details?.MaxLength > 0 ? details.MaxLength : null,

            // A row is created active and given its state afterwards; the connector does both for an insert.
            CanInsert = column.Name == ColumnNames.StateCode ? canUpdate : canInsert,
            CanUpdate = canUpdate,
            IsRequired = attribute.RequiredLevel?.Value == "SystemRequired" && canInsert
                && column.Name != keyColumn && !ColumnTypes.IsFilledBySystem(attribute.AttributeType),
            Options = [.. OptionsOf(details)],
            ReferencedTables = [.. column.Targets.Select(target => target.Table).Distinct()],
        };
    }

    private static IEnumerable<ChoiceOption> OptionsOf(AttributeDefinition? details)
    {
        var options = details?.OptionSet?.Options is { Count: > 0 } own ? own : details?.GlobalOptionSet?.Options ?? [];
        foreach (var option in options)
        {
            if (option is null)
            {
                throw new FormatException("A list of options has an empty place.");
            }

            if (option.Value is { } value)
            {
                var label = option.Label?.UserLocalizedLabel ?? (option.Label?.LocalizedLabels is { Count: > 0 } labels ? labels[0] : null);
                yield return new ChoiceOption(FieldValue.Integer(value), label?.Label ?? string.Empty);
            }
        }
    }

    private static FieldSchema MakeWritable(FieldSchema field, FullNameSplitter splitter) => field with
    {
        CanInsert = true,
        CanUpdate = true,
        MaxLength = Math.Min(field.MaxLength ?? int.MaxValue, splitter.MaxLength),
    };

    private FullNameSplitter? FindSplitter()
    {
        if (model.FullNameConvention is not { } convention
            || LengthOf(ColumnNames.FirstName) is not { } first
            || LengthOf(ColumnNames.LastName) is not { } last)
        {
            return null;
        }

        var middle = convention == FullNameConvention.FirstMiddleLast ? LengthOf(ColumnNames.MiddleName) : null;
        return new FullNameSplitter(first, middle, last);
    }

    private int? LengthOf(string column) => model.Details.GetValueOrDefault(column)?.MaxLength;
}
