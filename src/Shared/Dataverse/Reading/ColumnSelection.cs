namespace Dataverse.Sync.Shared;

/// <summary>The columns of one read, and the layout of the records that it returns.</summary>
internal sealed class ColumnSelection
{
    private ColumnSelection(TableDefinition table, RecordLayout layout, IReadOnlyList<Column> columns)
    {
        Table = table;
        Layout = layout;
        Columns = columns;
    }

    public TableDefinition Table { get; }

    public RecordLayout Layout { get; }

    /// <summary>The selected columns: the fields, the key, and the stamp of the last change.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Selects fields of a table.</summary>
    /// <exception cref="ConnectorException">The table has no such field.</exception>
    public static ColumnSelection Of(TableDefinition table, IEnumerable<string> fields, string connector)
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

        return new ColumnSelection(table, layout, columns);
    }

    /// <summary>Selects nothing but the key.</summary>
    public static ColumnSelection OfKey(TableDefinition table) =>
        new(table, new RecordLayout(table.Name, []), [table.Columns[table.KeyColumn]]);

    private static Column Find(TableDefinition table, string field, string connector) =>
        table.Columns.GetValueOrDefault(field) ?? throw new ConnectorException(
            connector, ConnectorFailure.Refused, $"{connector}: table '{table.Name}' has no field '{field}'.")
        {
            ContradictsSchema = true,
        };
}
