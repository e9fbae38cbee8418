using System.Runtime.CompilerServices;
using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Reads the records of a query page by page, ordered by the id, which no edit changes.</summary>
internal sealed class RecordPages(ServiceConnection service, int pageSize)
{
    /// <summary>The query of one page.</summary>
    /// <param name="selection">The columns.</param>
    /// <param name="criteria">The filter; null for every row.</param>
    /// <param name="page">The page.</param>
    public static QueryExpression QueryOf(Selection selection, FilterExpression? criteria, PagingInfo page)
    {
        var query = new QueryExpression(selection.Table.Name)
        {
            ColumnSet = selection.ColumnSet,
            PageInfo = page,
        };
        if (criteria is not null)
        {
            query.Criteria = criteria;
        }

        query.AddOrder(selection.Table.KeyColumn, OrderType.Ascending);
        return query;
    }

    /// <summary>The first page of a query.</summary>
    public PagingInfo FirstPage(int? size = null) => new() { PageNumber = 1, Count = size ?? pageSize };

    /// <summary>Reads the pages of a query.</summary>
    /// <param name="selection">The columns.</param>
    /// <param name="criteria">The filter; null for every row.</param>
    /// <param name="first">The page to begin with.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <exception cref="ConnectorException">A page could not be read, or the pages do not end.</exception>
    public async IAsyncEnumerable<FeedPage> ReadAllAsync(
        Selection selection,
        FilterExpression? criteria,
        PagingInfo first,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var guard = new PageGuard();
        PagingInfo? page = first;
        while (page is not null)
        {
            var query = QueryOf(selection, criteria, page);
            var call = new ServiceCall<EntityCollection>(
                selection.Operation, (client, token) => client.RetrieveMultipleAsync(query, token));
            var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
            var rows = outcome.Require();
            var records = RecordsOf(selection, rows);
            page = NextOf(selection, page, rows, records, guard);
            yield return new FeedPage(records, page is null, ServiceTime: null);
        }
    }

    /// <summary>The records of a page.</summary>
    /// <exception cref="ConnectorException">The page is malformed.</exception>
    public IReadOnlyList<TableRecord> RecordsOf(Selection selection, EntityCollection? rows)
    {
        try
        {
            return rows?.Entities is { } entities
                ? [.. entities.Select(selection.Read)]
                : throw new FormatException("The answer has no list of records.");
        }
        catch (FormatException exception)
        {
            throw service.Malformed(selection.Operation, exception.Message);
        }
    }

    /// <summary>The page after another one; null when that was the last one.</summary>
    /// <exception cref="ConnectorException">The pages do not end.</exception>
    public PagingInfo? NextOf(
        Selection selection, PagingInfo page, EntityCollection rows, IReadOnlyList<TableRecord> records, PageGuard guard)
    {
        if (!rows.MoreRecords)
        {
            return null;
        }

        try
        {
            guard.Follow([.. records.Select(record => record.Id)]);
        }
        catch (FormatException exception)
        {
            throw service.Malformed(selection.Operation, exception.Message);
        }

        return new PagingInfo { PageNumber = page.PageNumber + 1, Count = page.Count, PagingCookie = rows.PagingCookie };
    }
}
