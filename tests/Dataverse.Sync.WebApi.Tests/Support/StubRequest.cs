using System.Text.RegularExpressions;

namespace Dataverse.Sync.WebApi.Tests;

/// <summary>A request as it left the connector.</summary>
internal sealed partial record StubRequest(string Method, Uri Address, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Method, and path and query below the root with the percent-encoding undone.</summary>
    public string Line => $"{Method} {Below(Address.PathAndQuery)}";

    public string? Prefer => Headers.GetValueOrDefault("Prefer");

    /// <summary>The requests of a batch: method, path below the root, headers without those that all have, and body.</summary>
    public IReadOnlyList<string> Parts =>
    [
        .. PartText().Matches(Body).Select(match => Below(match.Groups[1].Value + match.Groups[2].Value
            .Replace("\r\nContent-Type: application/json", string.Empty, StringComparison.Ordinal)
            .Replace("\r\n\r\n", "\n", StringComparison.Ordinal)
            .Replace("\r\n", "\n", StringComparison.Ordinal)
            .TrimEnd())),
    ];

    public static async Task<StubRequest> OfAsync(HttpRequestMessage request)
    {
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync();
        return new StubRequest(request.Method.Method, request.RequestUri!, headers, body);
    }

    private static string Below(string text) => Uri.UnescapeDataString(text.Replace("/api/data/v9.2/", string.Empty, StringComparison.Ordinal));

    [GeneratedRegex(@"^((?:GET|POST|PATCH|DELETE) .*?) HTTP/1\.1((?:\r\n.*)*?)(?=\r\n--)", RegexOptions.Multiline)]
    private static partial Regex PartText();
}
