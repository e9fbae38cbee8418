using Dataverse.Sync.Testing;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>The order of a query; the primary key decides between equal rows.</summary>
internal static class QueryOrder
{
    /// <exception cref="DataverseErrorException">A column is unknown.</exception>
    public static IComparer<DataverseRow> Of(QueryExpression query, DataverseTableSchema table, DatabaseState state)
    {
        var accessor = new RowAccessor(state);
        var columns = query.Orders.Select(order => (
            Name: (table.Find(order.AttributeName) ?? throw Refusals.UnknownColumn(table, order.AttributeName)).PropertyName,
            Sign: order.OrderType is OrderType.Descending ? -1 : 1)).ToList();
        return Comparer<DataverseRow>.Create((x, y) =>
        {
            foreach (var (name, sign) in columns)
            {
                var result = ScalarValues.Compare(
                    accessor.SortValue(x, name), accessor.SortValue(y, name), StringSemantics.Like);
                if (result != 0)
                {
                    return sign * result;
                }
            }

            return x.Id.CompareTo(y.Id);
        });
    }
}
