using System.Collections.Frozen;

namespace Dataverse.Sync.WebApi;

/// <summary>Makes a table's metadata of the definitions that the service gave.</summary>
internal sealed class TableMetadataBuilder(WebApiOptions options, TableDefinition definition)
{
    private static readonly FrozenSet<string> FilledBySystem = new[] { "Owner", "State", "Status" }.ToFrozenSet();

    public TableMetadata Build(string entitySetName, string keyColumn)
    {
        var fullName = FindSplitter();
        var columns = new Dictionary<string, Column>();
        var fields = new List<FieldSchema>();
        foreach (var attribute in definition.Attributes)
        {
            var details = definition.Details.GetValueOrDefault(attribute.LogicalName ?? string.Empty);
            if (TypeOf(attribute, details) is not { } type || !columns.TryAdd(attribute.LogicalName!, MakeColumn(attribute, type)))
            {
                continue;
            }

            var field = MakeField(attribute, details, columns[attribute.LogicalName!], keyColumn);
            fields.Add(field.Name == FullNameSplitter.Field && fullName is not null ? MakeWritable(field, fullName) : field);
        }

        if (columns.GetValueOrDefault(keyColumn) is not { Type: FieldType.Identifier })
        {
            throw new FormatException("The table's key is none of its columns, or no GUID.");
        }

        var tracksChanges = definition.Entity.ChangeTrackingEnabled == true && options.ChangeTracking == ChangeTracking.Automatic;
        return new TableMetadata
        {
            Schema = new TableSchema
            {
                Name = definition.Entity.LogicalName!,
                Fields = fields,
                KeyField = keyColumn,
                KeepsChosenIds = true,
                ReportsDeletions = tracksChanges,
                BusinessKeyField = definition.Entity.LogicalName == "transactioncurrency" && columns.ContainsKey("isocurrencycode") ? "isocurrencycode" : null,
            },
            Columns = columns.ToFrozenDictionary(),
            EntitySetName = entitySetName,
            TracksChanges = tracksChanges,
            ChecksVersions = definition.Entity.IsOptimisticConcurrencyEnabled == true,
            OffersCreateMultiple = options.TrustOwnIdsInCreateMultiple && definition.OffersCreateMultiple,
            FullName = fullName,
        };
    }

    // A multi-select choice is of the type Virtual; only its cast tells it from an image. The name columns that accompany
    // lookups and choices are attributes of those and no properties of a row.
    private FieldType? TypeOf(AttributeDefinition attribute, AttributeDefinition? details)
    {
        if (string.IsNullOrEmpty(attribute.LogicalName) || attribute.IsValidForRead == false || attribute.AttributeOf is { Length: > 0 })
        {
            return null;
        }

        return definition.MultiSelectColumns.Contains(attribute.LogicalName) ? FieldType.Text : ColumnTypes.Of(attribute, details);
    }

    private Column MakeColumn(AttributeDefinition attribute, FieldType type) =>
        new(DefinedName.Require(attribute.LogicalName!), type, type == FieldType.Reference ? [.. TargetsOf(attribute)] : []);

    private IEnumerable<LookupTarget> TargetsOf(AttributeDefinition attribute)
    {
        foreach (var relationship in definition.Relationships.Where(item => item.ReferencingAttribute == attribute.LogicalName))
        {
            var navigation = relationship.ReferencingEntityNavigationPropertyName;
            if (string.IsNullOrEmpty(relationship.ReferencedEntity) || string.IsNullOrEmpty(navigation))
            {
                continue;
            }

            _ = DefinedName.Require(navigation);
            if (DefinedName.Require(relationship.ReferencedEntity) == "owner")
            {
                // The abstract table of users and teams; both are written by its one property.
                yield return new LookupTarget("systemuser", navigation);
                yield return new LookupTarget("team", navigation);
            }
            else
            {
                yield return new LookupTarget(relationship.ReferencedEntity, navigation);
            }
        }
    }

    private static FieldSchema MakeField(AttributeDefinition attribute, AttributeDefinition? details, Column column, string keyColumn)
    {
        var canUpdate = attribute.IsValidForUpdate == true && column.Name != keyColumn;
        var canInsert = attribute.IsValidForCreate == true;
        return new FieldSchema
        {
            Name = column.Name,
            Type = column.Type,
            MaxLength = column.Type == FieldType.Text && details?.MaxLength > 0 ? details.MaxLength : null,

            // A row is created active and changed afterwards; the connector does both for an insert.
            CanInsert = column.Name == TableMetadata.StateCode ? canUpdate : canInsert,
            CanUpdate = canUpdate,
            IsRequired = attribute.RequiredLevel?.Value == "SystemRequired" && canInsert
                && column.Name != keyColumn && !FilledBySystem.Contains(attribute.AttributeType!),
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
        if (definition.FullNameConvention is not { } convention)
        {
            return null;
        }

        var first = LengthOf(FullNameSplitter.FirstColumn);
        var middle = LengthOf(FullNameSplitter.MiddleColumn);
        var last = LengthOf(FullNameSplitter.LastColumn);
        return first is null || last is null ? null : new FullNameSplitter(
            first.Value,
            middle ?? 0,
            last.Value,
            middle is null ? FullNameConvention.FirstLast : convention);
    }

    private int? LengthOf(string column) => definition.Details.GetValueOrDefault(column)?.MaxLength;
}
