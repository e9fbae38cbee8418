using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>The columns of one read, and the shape of the records that it returns.</summary>
internal sealed class Selection
{
    private const string TableAnnotation = "@Microsoft.Dynamics.CRM.lookuplogicalname";

    private readonly ColumnSelection selection;

    private Selection(ColumnSelection selection, RecordShape shape)
    {
        this.selection = selection;
        Shape = shape;
    }

    public TableDefinition Table => selection.Table;

    /// <summary>The selected columns: the fields, the key, and the stamp of the last change.</summary>
    public IReadOnlyList<Column> Columns => selection.Columns;

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
        var selection = ColumnSelection.Of(table, fields, connector);
        return new Selection(selection, new RecordShape(selection.Layout, Properties(selection))
        {
            ReadsDeletions = true,
            KeepsUnreadableValues = true,
        });
    }

    /// <summary>Selects nothing but the key.</summary>
    public static Selection OfKey(TableDefinition table)
    {
        var selection = ColumnSelection.OfKey(table);
        return new Selection(selection, new RecordShape(selection.Layout, Properties(selection)));
    }

    private static IEnumerable<RecordProperty> Properties(ColumnSelection selection)
    {
        yield return new RecordProperty("@odata.etag", JsonFields.Text, role: RecordRole.Version);
        foreach (var column in selection.Columns)
        {
            var ordinal = selection.Layout.IndexOf(column.Name);
            if (column.NeedsAnnotation && ordinal >= 0)
            {
                var names = FieldReaders.TableName(column.Targets.Select(target => target.Table));
                yield return new RecordProperty(column.WireName + TableAnnotation, names, ordinal, RecordRole.ReferencedTable);
            }

            yield return new RecordProperty(column.WireName, ReaderOf(column), ordinal, RoleOf(selection.Table, column))
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
