namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The target of a request: the API route, its absolute root without a trailing slash, and the resource below it.
/// </summary>
internal sealed record ApiAddress(RouteModel Route, string Root, PathSegment[] Resource)
{
    /// <summary>
    /// Reads the path of a request in the online forms (with and without tenant) or the on-premises form.
    /// </summary>
    /// <exception cref="BusinessCentralException">
    /// The path has another form, or the environment or route does not exist.
    /// </exception>
    public static ApiAddress Parse(
        EmulatorRequest request, BusinessCentralEmulatorOptions options, TableCatalog catalog)
    {
        var segments = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var api = Array.IndexOf(segments, "api");
        CheckBase(segments, api, request.Path, options);
        var length = segments.Length > api + 1 && segments[api + 1] == PageNames.Route ? 1 : 3;
        if (segments.Length < api + 1 + length)
        {
            throw Errors.NoResource(request.Path);
        }

        var route = string.Join('/', segments[(api + 1)..(api + 1 + length)].Select(Uri.UnescapeDataString));
        return new ApiAddress(
            catalog.FindRoute(route) ?? throw Errors.NoResource(request.Path),
            $"{request.Origin}/{string.Join('/', segments[..(api + 1 + length)])}",
            [.. segments[(api + 1 + length)..].Select(PathSegment.Parse)]);
    }

    private static void CheckBase(string[] segments, int api, string path, BusinessCentralEmulatorOptions options)
    {
        switch (segments)
        {
            case ["v2.0", var environment, ..] when api == 2:
                CheckEnvironment(environment, options);
                return;
            case ["v2.0", var tenant, var environment, ..] when api == 3
                && tenant.Equals(options.TenantId, StringComparison.OrdinalIgnoreCase):
                CheckEnvironment(environment, options);
                return;
            case [var instance, ..] when api == 1 && instance == options.ServerInstance:
                return;
            default:
                throw Errors.NoResource(path);
        }
    }

    private static void CheckEnvironment(string name, BusinessCentralEmulatorOptions options)
    {
        if (Uri.UnescapeDataString(name) != options.Environment)
        {
            throw Errors.NoEnvironment(name);
        }
    }
}
