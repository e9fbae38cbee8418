namespace Dataverse.Sync.Execution;

/// <summary>Reads the rows of link tables that lead from a value to a record or back.</summary>
internal sealed class LinkTables(MappingRunContext run)
{
    public async Task<List<TableRecord>> FindAsync(LookupLink link, string field, IReadOnlyCollection<FieldValue> values, CancellationToken cancellationToken)
    {
        string[] fields = [link.KeyField, link.TargetField, .. link.DiscriminatorField is { } discriminator ? [discriminator] : Array.Empty<string>(), .. link.Filter?.Fields ?? []];
        var query = new FieldQuery { Table = link.Table, Fields = [.. fields.Distinct(StringComparer.Ordinal)], Field = field, Values = values };
        var rows = await run.Local.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return [.. rows.Where(row => link.Filter?.Matches(row) != false)];
    }
}
