using System.Text;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Composes addresses below the configured root.</summary>
internal sealed class ServiceAddresses
{
    private readonly string standardRoot;
    private readonly string apiPrefix;
    private readonly string options;

    public ServiceAddresses(Uri baseAddress, IDictionary<string, string> queryOptions)
    {
        standardRoot = baseAddress.AbsoluteUri.TrimEnd('/');
        apiPrefix = standardRoot[..(standardRoot.LastIndexOf("/api/", StringComparison.OrdinalIgnoreCase) + "/api".Length)];
        options = string.Join('&', queryOptions.Keys.Select(name => $"{name}={ODataLiteral.Encode(queryOptions[name])}"));
    }

    /// <summary>The root of the standard API, or of a custom one.</summary>
    public string Root(string? route) => route is null ? standardRoot : $"{apiPrefix}/{route}";

    /// <summary>The root of the API to which an address belongs.</summary>
    /// <param name="address">An absolute address.</param>
    /// <returns>The root without a slash at its end; null where the address is below no API.</returns>
    public string? RootOf(Uri address)
    {
        const int SegmentsOfCustomRoute = 3;
        if (IsBelow(address, standardRoot))
        {
            return standardRoot;
        }

        var path = IsBelow(address, apiPrefix) ? address.GetLeftPart(UriPartial.Path)[(apiPrefix.Length + 1)..] : "";
        return path.Split('/') is [_, _, _, _, ..] segments
            ? $"{apiPrefix}/{string.Join('/', segments[..SegmentsOfCustomRoute])}"
            : null;
    }

    /// <summary>The address below the configured one that a link of the service means, whatever stands before its API.</summary>
    /// <returns>The address; null where the link leads to no API.</returns>
    public Uri? Rebase(Uri link)
    {
        const string Api = "/api/";
        var at = link.AbsolutePath.LastIndexOf(Api, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : new Uri($"{apiPrefix}/{link.PathAndQuery[(at + Api.Length)..]}");
    }

    /// <summary>The path of an API from <c>api</c> on, which is the same however the service is reached.</summary>
    public string ApiPath(string? route) => Root(route)[(apiPrefix.Length - "api".Length)..];

    /// <summary>The server and environment: what stands before the API's own path.</summary>
    public string Environment =>
        apiPrefix[(apiPrefix.IndexOf("://", StringComparison.Ordinal) + "://".Length)..^"/api".Length];

    /// <summary>An absolute address.</summary>
    public Uri Absolute(string root, string path, params ReadOnlySpan<(string Name, string? Value)> query) =>
        new($"{root}/{Relative(path, query)}");

    /// <summary>An address relative to the root of an API, as parts of a batch have it.</summary>
    public string Relative(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var address = new StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in query)
        {
            if (value is not null)
            {
                _ = address.Append(separator).Append(name).Append('=').Append(ODataLiteral.Encode(value));
                separator = '&';
            }
        }

        return options.Length == 0 ? address.ToString() : address.Append(separator).Append(options).ToString();
    }

    public static string Record(string setPath, Guid id) => $"{setPath}({id:D})";

    private static bool IsBelow(Uri address, string root) =>
        address.AbsoluteUri.StartsWith($"{root}/", StringComparison.OrdinalIgnoreCase);
}
