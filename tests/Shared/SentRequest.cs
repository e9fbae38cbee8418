namespace Dataverse.Sync.TestSupport;

/// <summary>A request as it left the connector.</summary>
internal sealed record SentRequest(string Method, Uri Address, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Method, path, and query with the percent-encoding undone, so that tests can be read.</summary>
    public string Line => $"{Method} {Uri.UnescapeDataString(Address.PathAndQuery)}";

    public static async Task<SentRequest> OfAsync(HttpRequestMessage request)
    {
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync();
        return new SentRequest(request.Method.Method, request.RequestUri!, headers, body);
    }
}
