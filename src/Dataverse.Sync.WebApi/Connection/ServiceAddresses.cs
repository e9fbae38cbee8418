using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>Builds addresses below the root of the Web API.</summary>
internal sealed class ServiceAddresses(Uri environmentUrl, string apiVersion)
{
    /// <summary>The root of the Web API, with a slash at its end.</summary>
    public Uri Root { get; } = new(environmentUrl, $"/api/data/v{apiVersion}/");

    /// <summary>An address relative to the root.</summary>
    public Uri Absolute(string relative) => new(Root, relative);

    /// <summary>The address of a query.</summary>
    /// <param name="entitySet">The URL segment of the table.</param>
    /// <param name="select">The columns, joined by commas.</param>
    /// <param name="filter">The filter before percent-encoding; null for none.</param>
    /// <param name="orderBy">The column by which the records are ordered; null for the service's own order.</param>
    public Uri Query(string entitySet, string select, string? filter = null, string? orderBy = null)
    {
        var where = filter is null ? string.Empty : $"&$filter={ODataLiteral.Encode(filter)}";
        var order = orderBy is null ? string.Empty : $"&$orderby={orderBy}";
        return Absolute($"{entitySet}?$select={select}{where}{order}");
    }

    /// <summary>The address of a record.</summary>
    public Uri Record(string entitySet, Guid id, string query = "") => Absolute($"{entitySet}({id:D}){query}");
}
