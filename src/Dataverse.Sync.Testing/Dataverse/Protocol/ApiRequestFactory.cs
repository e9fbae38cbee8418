using System.Text.RegularExpressions;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Creates requests by splitting URLs into service root and resource.</summary>
internal static partial class ApiRequestFactory
{
    private static readonly HashSet<string> KnownVersions = new(["9.0", "9.1", "9.2"], StringComparer.Ordinal);

    /// <summary>
    /// Creates a request from an HTTP request; <see langword="null"/> if it does not address the Web API.
    /// </summary>
    /// <exception cref="DataverseErrorException">The version in the path is unknown.</exception>
    public static ApiRequest? Create(EmulatorRequest request, DataverseSession session)
    {
        var match = ServiceRoot().Match(request.Path);
        if (!match.Success)
        {
            return null;
        }

        if (!KnownVersions.Contains(match.Groups["version"].Value))
        {
            throw DataverseErrors.BadQuery(
                $"The requested API version 'v{match.Groups["version"].Value}' was not understood.");
        }

        return new ApiRequest
        {
            Method = request.Method,
            Root = request.Origin + match.Groups["root"].Value.TrimEnd('/') + "/",
            Resource = request.Path[match.Length..],
            RawQuery = request.Query,
            Options = QueryOptions.Parse(request.Query),
            Headers = request.Headers,
            Body = request.Body,
            Prefer = Preferences.Parse(request.Header("Prefer")),
            Session = session,
        };
    }

    /// <summary>
    /// A part of a batch; its URL is absolute, begins at the server's root, or is relative to the service root.
    /// </summary>
    public static ApiRequest Create(
        string root, string url, BatchRequest part, DataverseSession session,
        IReadOnlyDictionary<string, string>? contentIds)
    {
        var path = Origin().Replace(url, "");
        var match = ServiceRoot().Match(path);
        var resource = match.Success ? path[match.Length..] : path.TrimStart('/');
        var question = resource.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? "" : resource[(question + 1)..];
        return new ApiRequest
        {
            Method = part.Method,
            Root = root,
            Resource = question < 0 ? resource : resource[..question],
            RawQuery = query,
            Options = QueryOptions.Parse(query),
            Headers = part.Headers,
            Body = part.Body,
            Prefer = Preferences.Parse(part.Headers.TryGetValue("Prefer", out var prefer) ? prefer : null),
            Session = session,
            ContentIds = contentIds,
        };
    }

    [GeneratedRegex(
        "^(?<root>/api/data/v(?<version>[0-9]+(\\.[0-9]+)?)(/|$))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ServiceRoot();

    [GeneratedRegex("^https?://[^/]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Origin();
}
