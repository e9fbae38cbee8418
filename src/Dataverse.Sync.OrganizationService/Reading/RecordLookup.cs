using System.Runtime.CompilerServices;
using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Reads records by id, by a column's value, or all of them.</summary>
internal sealed class RecordLookup(ServiceConnection service, RecordPages pages, BulkReader bulk) : IRecordLookup
{
    // A query takes at most 500 conditions, and each value may count as one.
    private const int MaxValues = 400;

    /// <inheritdoc/>
    public Task<IReadOnlyList<TableRecord>> ByIdAsync(
        TableDefinition table, IEnumerable<string> fields, IEnumerable<Guid> ids, CancellationToken cancellationToken) =>
        ByIdAsync(Selection.Of(table, fields, service.Name), ids, cancellationToken);

    /// <summary>Reads records by id; a record that does not exist is left out.</summary>
    public async Task<IReadOnlyList<TableRecord>> ByIdAsync(
        Selection selection, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var requested = ids.Where(id => id != Guid.Empty).ToHashSet();
        var filters = In(selection.Table.KeyColumn, requested.Select(id => (object)id));
        var found = await bulk.ReadAsync(selection, filters, cancellationToken).ConfigureAwait(false);
        return found.All(record => requested.Contains(record.Id))
            ? found
            : throw service.Malformed(selection.Operation, "The response holds a record that was not requested.");
    }

    /// <summary>
    /// Reads the records whose column holds one of the values. Values that the column cannot hold find nothing.
    /// </summary>
    public async Task<IReadOnlyList<TableRecord>> ByValueAsync(
        Selection selection, Column column, IEnumerable<FieldValue> values, CancellationToken cancellationToken)
    {
        var field = selection.Table.Schema.Find(column.Name);
        var wanted = new ValueSet(values.Where(value =>
            !value.IsBlank && ValueWriter.Accepts(column, value) && FieldLimits.CanHold(field, value)));
        IReadOnlyList<TableRecord> found = wanted.Count == 0 ? []
            : IsListed(column) ? await bulk.ReadAsync(selection, ListOf(column, wanted), cancellationToken).ConfigureAwait(false)
            : await ReadAllAsync(selection, cancellationToken).ConfigureAwait(false);

        // The service's collation also treats texts as equal that differ in an accent or in trailing spaces.
        return [.. wanted.Keep(found, column.Name, service.Name)];
    }

    /// <summary>Reads all records, page by page.</summary>
    public async IAsyncEnumerable<IReadOnlyList<TableRecord>> AllAsync(
        Selection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var read = pages.ReadAllAsync(selection, criteria: null, pages.FirstPage(), cancellationToken);
        await foreach (var page in read.ConfigureAwait(false))
        {
            yield return page.Records;
        }
    }

    /// <summary>Reads all records.</summary>
    public async Task<IReadOnlyList<TableRecord>> ReadAllAsync(Selection selection, CancellationToken cancellationToken)
    {
        var records = new List<TableRecord>();
        await foreach (var page in AllAsync(selection, cancellationToken).ConfigureAwait(false))
        {
            records.AddRange(page);
        }

        return records;
    }

    // Dates, choices of several options, and booleans are compared here: nobody looks records up by them.
    private static bool IsListed(Column column) =>
        column.Type is not (FieldType.MultiChoice or FieldType.Boolean or FieldType.Date or FieldType.DateTime);

    private static List<FilterExpression> ListOf(Column column, ValueSet wanted) =>
        In(column.Name, wanted.Distinct.Select(value => ValueWriter.Operand(column, value)).Distinct());

    private static List<FilterExpression> In(string column, IEnumerable<object> values)
    {
        var filters = new List<FilterExpression>();
        foreach (var chunk in values.Chunk(MaxValues))
        {
            var filter = new FilterExpression(LogicalOperator.And);
            filter.AddCondition(new ConditionExpression(column, ConditionOperator.In, chunk));
            filters.Add(filter);
        }

        return filters;
    }
}
