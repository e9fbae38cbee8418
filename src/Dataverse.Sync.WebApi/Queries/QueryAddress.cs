using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>Builds the addresses of queries and of records.</summary>
internal static class QueryAddress
{
    /// <summary>The address of a query.</summary>
    /// <param name="client">Knows the root.</param>
    /// <param name="selection">The columns.</param>
    /// <param name="filter">The filter before percent-encoding, or null.</param>
    /// <param name="isOrdered">Whether the records come in the order of their ids, which no edit changes while pages are read.</param>
    public static Uri Of(WebApiClient client, Selection selection, string? filter = null, bool isOrdered = false)
    {
        var table = selection.Table;
        var where = filter is null ? string.Empty : $"&$filter={ODataLiteral.Encode(filter)}";
        var order = isOrdered ? $"&$orderby={table.KeyColumn}" : string.Empty;
        return client.Address($"{table.EntitySetName}?$select={selection.Select}{where}{order}");
    }

    /// <summary>The address of a record.</summary>
    public static Uri OfRecord(WebApiClient client, TableMetadata table, Guid id, string query = "") =>
        client.Address($"{table.EntitySetName}({id:D}){query}");
}
