using System.Text.Json;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>The columns of one read, and how the answers become records.</summary>
internal sealed class Selection
{
    private const string TableAnnotation = "@Microsoft.Dynamics.CRM.lookuplogicalname";

    private Selection(TableMetadata table, IReadOnlyList<Column> columns, RecordShape shape)
    {
        Table = table;
        Columns = columns;
        Shape = shape;
    }

    public TableMetadata Table { get; }

    /// <summary>The columns that are asked for: the fields, the key, and the stamp of the last change.</summary>
    public IReadOnlyList<Column> Columns { get; }

    public RecordShape Shape { get; }

    /// <summary>The value of <c>$select</c>.</summary>
    public string Select => string.Join(',', Columns.Select(column => column.WireName));

    /// <summary>The preference that asks which table a lookup refers to; null where every lookup has one only.</summary>
    public string? Annotations =>
        Columns.Any(column => column.NeedsAnnotation) ? $"odata.include-annotations=\"{TableAnnotation[1..]}\"" : null;

    /// <summary>Selects fields of a table.</summary>
    /// <exception cref="ConnectorException">The table has no such field.</exception>
    public static Selection Of(TableMetadata table, IEnumerable<string> fields, string connector)
    {
        var layout = new RecordLayout(table.Name, fields.Distinct(StringComparer.Ordinal));
        var columns = layout.Fields.Select(field => Find(table, field, connector)).ToList();
        foreach (var needed in new[] { table.KeyColumn, TableMetadata.ModifiedOn })
        {
            if (layout.IndexOf(needed) < 0 && table.Columns.TryGetValue(needed, out var column))
            {
                columns.Add(column);
            }
        }

        return new Selection(table, columns, new RecordShape(layout, Properties(table, columns, layout)) { ReadsDeletions = true });
    }

    /// <summary>Selects nothing but the key.</summary>
    public static Selection OfKey(TableMetadata table)
    {
        var layout = new RecordLayout(table.Name, []);
        Column[] columns = [table.Columns[table.KeyColumn]];
        return new Selection(table, columns, new RecordShape(layout, Properties(table, columns, layout)));
    }

    private static Column Find(TableMetadata table, string field, string connector) =>
        table.Columns.GetValueOrDefault(field) ?? throw new ConnectorException(
            connector, ConnectorFailure.Refused, $"{connector}: table '{table.Name}' has no field '{field}'.");

    private static IEnumerable<RecordProperty> Properties(TableMetadata table, IEnumerable<Column> columns, RecordLayout layout)
    {
        yield return new RecordProperty("@odata.etag", JsonFields.Text, role: RecordRole.Version);
        foreach (var column in columns)
        {
            var ordinal = layout.IndexOf(column.Name);
            if (column.NeedsAnnotation && ordinal >= 0)
            {
                yield return new RecordProperty(column.WireName + TableAnnotation, TableNameReader(column), ordinal, RecordRole.ReferencedTable);
            }

            var role = column.Name == table.KeyColumn ? RecordRole.Id
                : column.Name == TableMetadata.ModifiedOn ? RecordRole.ModifiedOn
                : RecordRole.None;
            yield return new RecordProperty(column.WireName, ReaderOf(column), ordinal, role);
        }
    }

    private static FieldReader ReaderOf(Column column) => column.Type switch
    {
        FieldType.Text => JsonFields.Text,
        FieldType.Boolean => JsonFields.Boolean,
        FieldType.Integer or FieldType.Choice => JsonFields.Integer,
        FieldType.Decimal => JsonFields.Decimal,
        FieldType.Date => JsonFields.Date,
        FieldType.DateTime => JsonFields.DateTime,
        FieldType.Reference when !column.NeedsAnnotation => ReferenceReader(column.Targets[0].Table),
        _ => JsonFields.Identifier,
    };

    private static FieldReader ReferenceReader(string table) => (ref Utf8JsonReader reader) =>
        JsonFields.Identifier(ref reader) is { IsBlank: false } id ? FieldValue.Reference(id.AsIdentifier(), table) : FieldValue.Blank;

    // A page names the same few tables over and over: the known names are not made again for every record.
    private static FieldReader TableNameReader(Column column)
    {
        var names = column.Targets.Select(target => FieldValue.Text(target.Table)).ToArray();
        return (ref Utf8JsonReader reader) =>
        {
            foreach (var name in names)
            {
                if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(name.AsText()))
                {
                    return name;
                }
            }

            return JsonFields.Text(ref reader);
        };
    }
}
