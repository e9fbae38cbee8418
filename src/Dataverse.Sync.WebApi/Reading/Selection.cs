using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>The columns of one read, and the shape of the records that it returns.</summary>
internal sealed class Selection
{
    private const string TableAnnotation = "@Microsoft.Dynamics.CRM.lookuplogicalname";

    private Selection(TableDefinition table, IReadOnlyList<Column> columns, RecordShape shape)
    {
        Table = table;
        Columns = columns;
        Shape = shape;
    }

    public TableDefinition Table { get; }

    /// <summary>The selected columns: the fields, the key, and the stamp of the last change.</summary>
    public IReadOnlyList<Column> Columns { get; }

    public RecordShape Shape { get; }

    /// <summary>The value of <c>$select</c>.</summary>
    public string Select => string.Join(',', Columns.Select(column => column.WireName));

    /// <summary>
    /// The preference for the annotation that names the table of a lookup; null where every lookup has one table only.
    /// </summary>
    public string? Annotations =>
        Columns.Any(column => column.NeedsAnnotation) ? $"odata.include-annotations=\"{TableAnnotation[1..]}\"" : null;

    /// <summary>Selects fields of a table.</summary>
    /// <exception cref="ConnectorException">The table has no such field.</exception>
    public static Selection Of(TableDefinition table, IEnumerable<string> fields, string connector)
    {
        var layout = new RecordLayout(table.Name, fields.Distinct(StringComparer.Ordinal));
        var columns = layout.Fields.Select(field => Find(table, field, connector)).ToList();
        foreach (var needed in new[] { table.KeyColumn, ColumnNames.ModifiedOn })
        {
            if (layout.IndexOf(needed) < 0 && table.Columns.TryGetValue(needed, out var column))
            {
                columns.Add(column);
            }
        }

        var shape = new RecordShape(layout, Properties(table, columns, layout))
        {
            ReadsDeletions = true,
            KeepsUnreadableValues = true,
        };
        return new Selection(table, columns, shape);
    }

    /// <summary>Selects nothing but the key.</summary>
    public static Selection OfKey(TableDefinition table)
    {
        var layout = new RecordLayout(table.Name, []);
        Column[] columns = [table.Columns[table.KeyColumn]];
        return new Selection(table, columns, new RecordShape(layout, Properties(table, columns, layout)));
    }

    private static Column Find(TableDefinition table, string field, string connector) =>
        table.Columns.GetValueOrDefault(field) ?? throw new ConnectorException(
            connector, ConnectorFailure.Refused, $"{connector}: table '{table.Name}' has no field '{field}'.")
        {
            ContradictsSchema = true,
        };

    private static IEnumerable<RecordProperty> Properties(
        TableDefinition table, IEnumerable<Column> columns, RecordLayout layout)
    {
        yield return new RecordProperty("@odata.etag", JsonFields.Text, role: RecordRole.Version);
        foreach (var column in columns)
        {
            var ordinal = layout.IndexOf(column.Name);
            if (column.NeedsAnnotation && ordinal >= 0)
            {
                var names = FieldReaders.TableName(column.Targets.Select(target => target.Table));
                yield return new RecordProperty(column.WireName + TableAnnotation, names, ordinal, RecordRole.ReferencedTable);
            }

            yield return new RecordProperty(column.WireName, ReaderOf(column), ordinal, RoleOf(table, column))
            {
                IsOptional = column.MayBeWithheld,
            };
        }
    }

    private static FieldReader ReaderOf(Column column) =>
        FieldReaders.Of(column.Type, column is { Type: FieldType.Reference, NeedsAnnotation: false } ? column.Targets[0].Table : null);

    private static RecordRole RoleOf(TableDefinition table, Column column) => column.Name == table.KeyColumn ? RecordRole.Id
        : column.Name == ColumnNames.ModifiedOn ? RecordRole.ModifiedOn
        : RecordRole.None;
}
