namespace Dataverse.Sync.Execution;

/// <summary>Reads the rows of link tables, which join values with records.</summary>
internal sealed class LinkTables(ITableConnector local, CompiledMapping mapping)
{
    public async Task<List<TableRecord>> FindAsync(
        LookupLink link, string field, IReadOnlyCollection<FieldValue> values, CancellationToken cancellationToken)
    {
        var schema = mapping.SideTables.Local.GetValueOrDefault(link.Table);
        var filter = FilterBinding.Bind(link.Filter, schema);
        var fields = link.AllFields(filter?.Fields ?? []);
        var query = new FieldQuery { Table = link.Table, Fields = fields, Field = field, Values = values };
        var rows = await FittingQuestions
            .AskAsync(local, schema, query, cancellationToken).ConfigureAwait(false);
        return [.. rows.Where(row => IsComplete(row, fields) && filter?.Matches(row) != false)];
    }

    // A row that cannot be read leads nowhere. The record that needs it fails, and no other.
    private static bool IsComplete(TableRecord row, IReadOnlyList<string> fields) => fields.All(field =>
        row.Layout.IndexOf(field) is >= 0 and var place && row[place].Kind != FieldValueKind.Unreadable);
}
