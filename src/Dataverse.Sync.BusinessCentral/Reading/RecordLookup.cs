using System.Runtime.CompilerServices;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>
/// Reads records by id, by a field's value, or all of them, from tables that have an entity set of their own.
/// </summary>
internal sealed class RecordLookup(ServiceConnection service, RecordPages pages, BulkReader bulk, int pageSize)
{
    /// <summary>Reads records by id; a record that does not exist is left out.</summary>
    public async Task<IReadOnlyList<TableRecord>> ByIdAsync(
        TableDefinition table, RecordShape shape, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var requested = ids.Where(id => id != Guid.Empty).ToHashSet();
        var literals = requested.Select(ODataLiteral.Identifier);
        var found = await ReadFilteredAsync(table, shape, table.Schema.KeyField, literals, cancellationToken, requested)
            .ConfigureAwait(false);
        return Distinct(found);
    }

    /// <summary>
    /// Reads the records whose field holds one of the values; the service compares by its collation, so they are
    /// compared again here.
    /// </summary>
    public async Task<IReadOnlyList<TableRecord>> ByValueAsync(
        TableDefinition table, RecordShape shape, string field, ValueSet? wanted, CancellationToken cancellationToken)
    {
        if (wanted is null)
        {
            return await ReadAllAsync(table, shape, cancellationToken).ConfigureAwait(false);
        }

        var found = CanFilter(table, field)
            ? await ReadFilteredAsync(table, shape, field, wanted.Distinct.Select(ODataLiteral.Of), cancellationToken).ConfigureAwait(false)
            : await ReadAllAsync(table, shape, cancellationToken).ConfigureAwait(false);
        return Distinct(wanted.Keep(found, field, ServiceConnection.SystemName));
    }

    /// <summary>Reads all records, page by page, ordered by id, which no edit changes.</summary>
    public async IAsyncEnumerable<IReadOnlyList<TableRecord>> AllAsync(
        TableDefinition table, RecordShape shape, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = await service.PathAsync(table.EntitySet, cancellationToken).ConfigureAwait(false);
        var select = TableDefinition.Select(shape);
        var address = service.Addresses.Absolute(table.ApiRoot, path, ("$select", select), ("$orderby", table.Schema.KeyField));
        var headers = Prefer.Header(Prefer.MaxPageSize(pageSize));
        var read = pages.ReadAllAsync(address, $"read '{table.Name}'", shape, headers, cancellationToken);
        await foreach (var page in read.ConfigureAwait(false))
        {
            yield return page.Records;
        }
    }

    private async Task<IReadOnlyList<TableRecord>> ReadAllAsync(
        TableDefinition table, RecordShape shape, CancellationToken cancellationToken)
    {
        var records = new List<TableRecord>();
        await foreach (var page in AllAsync(table, shape, cancellationToken).ConfigureAwait(false))
        {
            records.AddRange(page);
        }

        return records;
    }

    private async Task<IReadOnlyList<TableRecord>> ReadFilteredAsync(
        TableDefinition table,
        RecordShape shape,
        string field,
        IEnumerable<string> literals,
        CancellationToken cancellationToken,
        IReadOnlySet<Guid>? requested = null)
    {
        var path = await service.PathAsync(table.EntitySet, cancellationToken).ConfigureAwait(false);
        var select = TableDefinition.Select(shape);
        var urls = FilterChunks.Split(field, literals)
            .Select(filter => service.Addresses.Relative(path, ("$select", select), ("$filter", filter)))
            .ToList();
        var operation = $"read '{table.Name}' by '{field}'";
        return await bulk.ReadAsync(table.ApiRoot, urls, operation, shape, cancellationToken, requested: requested)
            .ConfigureAwait(false);
    }

    // Instants are rounded to 1/300 s, so that equality misses; enumerations and computed fields are refused or slow.
    // Nobody looks records up by durations and times.
    private static bool CanFilter(TableDefinition table, string field) =>
        table.Schema.Find(field)!.Type
            is not (FieldType.Choice or FieldType.DateTime or FieldType.Duration or FieldType.Time)
        && !table.Unfilterable.Contains(field);

    // Pages are not a snapshot: a record renamed between two of them comes twice.
    private static List<TableRecord> Distinct(IEnumerable<TableRecord> records) =>
        [.. records.DistinctBy(record => record.Id)];
}
