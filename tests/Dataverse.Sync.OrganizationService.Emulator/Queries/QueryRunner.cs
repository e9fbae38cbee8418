using Dataverse.Sync.Testing;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>Runs queries.</summary>
internal sealed class QueryRunner(DataverseBackend backend, EmulatedServiceOptions options, EntityWriter writer)
{
    private readonly PageEnds pageEnds = new();

    public EntityCollection Run(QueryExpression query, MessageContext context)
    {
        var table = context.Table(query.EntityName);
        if (query.SubQueryExpression is not null || query.Distinct)
        {
            throw Refusals.NotEmulated("subqueries and distinct rows");
        }

        backend.Rules.CheckPrivilege(table.LogicalName, DataversePrivilege.Read, context.Session.Caller);
        var state = context.State;
        var columns = EntityWriter.ColumnsOf(table, query.ColumnSet);
        var joins = new Joins(context, options, writer);
        var filter = new QueryFilter(context, options, joins.Tables(table, query)).Compile(query.Criteria);
        if (filter.Conditions + joins.Conditions > backend.Options.MaxFilterConditions)
        {
            throw new DataverseErrorException(
                400, "0x8004430C", "Number of conditions in the query exceeded the maximum limit.");
        }

        var rows = state[table.LogicalName].All.SelectMany(row => joins.Join(new JoinedRow(row), query.LinkEntities))
            .Where(row => filter.Matches(row));
        var found = Page(query, rows, QueryOrder.Of(query, table, state));
        foreach (var row in found.Page)
        {
            found.Answer.Entities.Add(joins.Complete(writer.Write(state, row.Row, columns), row, query.LinkEntities));
        }

        return found.Answer;
    }

    private (EntityCollection Answer, IReadOnlyList<JoinedRow> Page) Page(
        QueryExpression query, IEnumerable<JoinedRow> rows, IComparer<DataverseRow> order)
    {
        var page = query.PageInfo;
        var answer = new EntityCollection { EntityName = query.EntityName, TotalRecordCount = -1 };
        var sorted = rows.OrderBy(row => row.Row, order);
        if (query.TopCount is { } top)
        {
            return page is { Count: > 0 } or { PageNumber: > 0 }
                ? throw DataverseErrors.InvalidArgument("The Top.Count can't be specified with pagingInfo.")
                : (answer, [.. sorted.Take(Math.Min(top, backend.Options.MaxPageSize))]);
        }

        var size = QueryPages.SizeOf(page, backend.Options);
        List<JoinedRow> found = [.. After(query, sorted, order, size).Take(size + 1)];
        answer.MoreRecords = found.Count > size;
        if (found.Count > size)
        {
            found.RemoveAt(size);
        }

        if (found.Count > 0)
        {
            var cookie = new PagingCookie(Math.Max(page?.PageNumber ?? 1, 1) + 1, pageEnds.Remember(found[^1].Row), IsTracking: false);
            answer.PagingCookie = Uri.UnescapeDataString(cookie.Encode());
        }

        return (answer, found);
    }

    private IEnumerable<JoinedRow> After(
        QueryExpression query, IEnumerable<JoinedRow> sorted, IComparer<DataverseRow> order, int size)
    {
        var page = query.PageInfo;
        if (page is not { PageNumber: > 1 })
        {
            return sorted;
        }

        if (string.IsNullOrEmpty(page.PagingCookie))
        {
            return sorted.Skip((page.PageNumber - 1) * size);
        }

        var last = pageEnds.Find(PagingCookie.Decode(page.PagingCookie).Position, query.EntityName);
        return sorted.Where(row => order.Compare(row.Row, last) > 0);
    }
}
