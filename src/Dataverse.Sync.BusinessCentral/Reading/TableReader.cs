using System.Runtime.CompilerServices;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Reads records of tables that are sets of their own: by id, by field, or all of them.</summary>
internal sealed class TableReader(BusinessCentralService service, BulkReader bulk, int pageSize)
{
    public async Task<IReadOnlyList<TableRecord>> ReadByIdAsync(TableDefinition table, RecordShape shape, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var asked = ids.Where(id => id != Guid.Empty).ToHashSet();
        return Distinct(await ReadFilteredAsync(table, shape, table.Schema.KeyField, asked.Select(ODataLiteral.Identifier), cancellationToken, asked).ConfigureAwait(false));
    }

    /// <summary>Finds records by a field; what the service finds by its collation is compared once more here.</summary>
    public async Task<IReadOnlyList<TableRecord>> FindAsync(TableDefinition table, RecordShape shape, string field, ValueSet? wanted, CancellationToken cancellationToken)
    {
        if (wanted is null)
        {
            return await ReadAllAsync(table, shape, cancellationToken).ConfigureAwait(false);
        }

        var found = CanFilter(table, field)
            ? await ReadFilteredAsync(table, shape, field, wanted.Distinct.Select(ODataLiteral.Of), cancellationToken).ConfigureAwait(false)
            : await ReadAllAsync(table, shape, cancellationToken).ConfigureAwait(false);
        var ordinal = shape.Layout.IndexOf(field);
        return Distinct(found.Where(record => wanted.Contains(record[ordinal])));
    }

    /// <summary>Reads all records, page by page, in an order that no change of a record moves it in.</summary>
    public async IAsyncEnumerable<IReadOnlyList<TableRecord>> ReadPagesAsync(TableDefinition table, RecordShape shape, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = await service.PathAsync(table.EntitySet, cancellationToken).ConfigureAwait(false);
        var address = service.Addresses.Absolute(table.ApiRoot, path, ("$select", TableDefinition.Select(shape)), ("$orderby", table.Schema.KeyField));
        var pages = PageWalker.WalkAsync(service, address, $"read '{table.Name}'", shape, [new("Prefer", PagePreference.Of(pageSize))], cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            yield return page.Records;
        }
    }

    private async Task<IReadOnlyList<TableRecord>> ReadAllAsync(TableDefinition table, RecordShape shape, CancellationToken cancellationToken)
    {
        var records = new List<TableRecord>();
        await foreach (var page in ReadPagesAsync(table, shape, cancellationToken).ConfigureAwait(false))
        {
            records.AddRange(page);
        }

        return records;
    }

    private async Task<IReadOnlyList<TableRecord>> ReadFilteredAsync(
        TableDefinition table, RecordShape shape, string field, IEnumerable<string> literals, CancellationToken cancellationToken, IReadOnlySet<Guid>? asked = null)
    {
        var path = await service.PathAsync(table.EntitySet, cancellationToken).ConfigureAwait(false);
        var select = TableDefinition.Select(shape);
        var urls = FilterChunks.Split(field, literals)
            .Select(filter => service.Addresses.Relative(path, ("$select", select), ("$filter", filter)))
            .ToList();
        return await bulk.ReadAsync(table.ApiRoot, urls, $"read '{table.Name}' by '{field}'", shape, cancellationToken, asked: asked).ConfigureAwait(false);
    }

    // Instants are rounded to 1/300 s, so that equality misses; enumerations and computed fields are refused or slow.
    private static bool CanFilter(TableDefinition table, string field) =>
        table.Schema.Find(field)!.Type is not (FieldType.Choice or FieldType.DateTime) && !table.Unfilterable.Contains(field);

    // Pages are not a snapshot: a record renamed between two of them comes twice.
    private static List<TableRecord> Distinct(IEnumerable<TableRecord> records) => [.. records.DistinctBy(record => record.Id)];
}
