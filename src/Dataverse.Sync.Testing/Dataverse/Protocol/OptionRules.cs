namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Which query options a resource takes. What a resource does not take is refused: an option that is passed over would be
/// answered with other rows than the client asked for.
/// </summary>
internal static class OptionRules
{
    private static readonly string[] NotEmulated = ["fetchXml", "savedQuery", "userQuery", "sql", "partitionId", "LabelLanguages"];

    private static readonly string[] System =
    [
        "$select", "$filter", "$orderby", "$expand", "$top", "$count", "$skip", "$search", "$format", "$compute", "$apply",
        "$skiptoken", "$deltatoken", "$id",
    ];

    private static readonly string[] OfCollections = ["$filter", "$orderby", "$count", "$top"];

    /// <summary>The options of a collection of rows.</summary>
    public static void Collection(ApiRequest request) => Check(
        request, "$select", "$filter", "$orderby", "$expand", "$top", "$count", "$skiptoken", "$deltatoken");

    /// <summary>The options of a collection of references.</summary>
    public static void References(ApiRequest request) =>
        Check(request, "$filter", "$orderby", "$top", "$count", "$skiptoken");

    /// <summary>The options of the number of rows; a link of change tracking keeps its columns there.</summary>
    public static void Count(ApiRequest request) => Check(
        request, request.Options.ContainsKey("$deltatoken") ? ["$select", "$deltatoken"] : ["$filter"]);

    /// <summary>The options of a single row, and of the row that a write answers with.</summary>
    /// <exception cref="DataverseErrorException">An option is meant for collections, or unknown.</exception>
    public static void Row(ApiRequest request)
    {
        if (OfCollections.Any(request.Options.ContainsKey))
        {
            throw DataverseErrors.BadQuery(
                "The query specified in the URI is not valid. The requested resource is not a collection. "
                + "Query options $filter, $orderby, $count, $skip, and $top can be applied only on collections.");
        }

        Check(request, "$select", "$expand");
    }

    /// <summary>The options of definitions; the service neither sorts nor counts them.</summary>
    public static void Definitions(ApiRequest request, bool filters) =>
        Check(request, filters ? ["$select", "$expand", "$filter"] : ["$select", "$expand"]);

    /// <summary>The option that names the row to remove from a collection.</summary>
    public static void Link(ApiRequest request) => Check(request, "$id");

    /// <summary>No system query option; functions and actions have parameters instead.</summary>
    public static void None(ApiRequest request) => Check(request);

    /// <summary>Refuses what the service evaluates and the emulator does not, at any resource.</summary>
    /// <exception cref="DataverseErrorException">There is such an option.</exception>
    public static void CheckEmulated(ApiRequest request)
    {
        var name = request.Options.Keys.FirstOrDefault(
            option => option == "$apply" || NotEmulated.Contains(option, StringComparer.OrdinalIgnoreCase));
        if (name is not null)
        {
            throw new DataverseErrorException(501, DataverseErrors.QueryError, $"The emulator does not evaluate '{name}'.");
        }
    }

    private static void Check(ApiRequest request, params ReadOnlySpan<string> allowed)
    {
        foreach (var (name, value) in request.Options)
        {
            if (name == "$skip")
            {
                throw DataverseErrors.BadQuery("Skip Clause is not supported in CRM");
            }

            // An option without the dollar sign is one of the client's own, unless it was meant for a system option.
            var isSystem = name.StartsWith('$') || System.Contains("$" + name, StringComparer.OrdinalIgnoreCase);
            if (!isSystem)
            {
                continue;
            }

            if (!allowed.Contains(name))
            {
                throw DataverseErrors.BadQuery($"The query parameter {name} is not supported");
            }

            if (string.IsNullOrWhiteSpace(value))
            {
                throw DataverseErrors.BadQuery($"The value for OData query '{name}' cannot be empty.");
            }
        }
    }
}
