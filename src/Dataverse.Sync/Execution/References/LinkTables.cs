namespace Dataverse.Sync.Execution;

/// <summary>Reads the rows of link tables, which join values with records.</summary>
internal sealed class LinkTables(ITableConnector local, CompiledMapping mapping)
{
    public async Task<List<TableRecord>> FindAsync(
        LookupLink link, string field, IReadOnlyCollection<FieldValue> values, CancellationToken cancellationToken)
    {
        var query = new FieldQuery { Table = link.Table, Fields = link.AllFields(), Field = field, Values = values };
        var rows = await FittingQuestions
            .AskAsync(local, mapping.LinkTables.GetValueOrDefault(link.Table), query, cancellationToken).ConfigureAwait(false);
        return [.. rows.Where(row => link.Filter?.Matches(row) != false)];
    }
}
