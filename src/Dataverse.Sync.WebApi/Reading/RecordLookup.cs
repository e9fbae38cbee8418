using System.Runtime.CompilerServices;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads records by id, by a column's value, or all of them.</summary>
internal sealed class RecordLookup(ServiceConnection service, RecordPages pages, BulkReader bulk, int pageSize)
    : IRecordLookup
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<TableRecord>> ByIdAsync(
        TableDefinition table, IEnumerable<string> fields, IEnumerable<Guid> ids, CancellationToken cancellationToken) =>
        ByIdAsync(Selection.Of(table, fields, service.Name), ids, cancellationToken);

    /// <summary>Reads records by id; a record that does not exist is left out.</summary>
    public Task<IReadOnlyList<TableRecord>> ByIdAsync(
        Selection selection, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var requested = ids.Where(id => id != Guid.Empty).ToHashSet();
        var before = $"Microsoft.Dynamics.CRM.In(PropertyName='{selection.Table.KeyColumn}',PropertyValues=[";
        var filters = FilterChunks.Split(requested.Select(id => $"'{id:D}'"), ",").Select(list => $"{before}{list}])");
        return bulk.ReadAsync(selection, filters, new RequestedIds(requested), cancellationToken);
    }

    /// <summary>
    /// Reads the records whose column holds one of the values. Values that the column cannot hold find nothing.
    /// </summary>
    public async Task<IReadOnlyList<TableRecord>> ByValueAsync(
        Selection selection, Column column, IEnumerable<FieldValue> values, CancellationToken cancellationToken)
    {
        var field = selection.Table.Schema.Find(column.Name);
        var wanted = new ValueSet(values.Where(value =>
            !value.IsBlank && ColumnValues.Accepts(column.Type, value) && FieldLimits.CanHold(field, value)));
        if (column.Type == FieldType.MultiChoice)
        {
            return wanted.Count == 0 ? [] : await ScanAsync(selection, column, wanted, cancellationToken).ConfigureAwait(false);
        }

        var literals = wanted.Distinct.Select(value => Literals.Of(column.Type, value)).Distinct();
        var filters = FilterChunks.Split(literals.Select(literal => $"{column.WireName} eq {literal}"), " or ");
        var found = await bulk.ReadAsync(selection, filters, requested: null, cancellationToken).ConfigureAwait(false);

        // The service's collation also treats texts as equal that differ in an accent or in trailing spaces.
        return [.. wanted.Keep(found, column.Name, service.Name)];
    }

    // The service compares sets of options with operators of their own. Nobody looks many records up by them.
    private async Task<IReadOnlyList<TableRecord>> ScanAsync(
        Selection selection, Column column, ValueSet wanted, CancellationToken cancellationToken)
    {
        var found = new List<TableRecord>();
        await foreach (var page in AllAsync(selection, cancellationToken).ConfigureAwait(false))
        {
            found.AddRange(wanted.Keep(page, column.Name, service.Name));
        }

        return found;
    }

    /// <summary>Reads all records, page by page, ordered by id, which no edit changes.</summary>
    public async IAsyncEnumerable<IReadOnlyList<TableRecord>> AllAsync(
        Selection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = selection.Table;
        var headers = Prefer.Header(Prefer.MaxPageSize(pageSize), selection.Annotations);
        var address = service.Addresses.Query(table.EntitySetName, selection.Select, orderBy: table.KeyColumn);
        await foreach (var response in pages.ReadAllAsync(address, selection, headers, cancellationToken).ConfigureAwait(false))
        {
            yield return response.Records;
        }
    }
}
