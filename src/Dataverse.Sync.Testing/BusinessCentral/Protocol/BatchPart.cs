using System.Text;
using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>One operation of a batch.</summary>
internal sealed record BatchPart(string Id, string Method, string Url, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    public bool IsRead => Method == "GET";

    /// <summary>Reads the operations of a batch in either form.</summary>
    /// <exception cref="BusinessCentralException">The body is malformed.</exception>
    public static IReadOnlyList<BatchPart> Parse(EmulatorRequest request) =>
        MultipartBatch.IsOne(request) ? MultipartBatch.Parse(request) : ParseJson(request.Body);

    /// <summary>The part as a request of its own; headers it does not set come from the batch where they concern every part.</summary>
    public EmulatorRequest ToRequest(ApiCall batch)
    {
        var root = batch.Address.Root[batch.Request.Origin.Length..];
        var path = Url.StartsWith(batch.Request.Origin, StringComparison.Ordinal) ? Url[batch.Request.Origin.Length..] : Url;
        var headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase);
        foreach (var inherited in new[] { "Authorization", "Accept-Language", "Data-Access-Intent" })
        {
            if (batch.Header(inherited) is { } value)
            {
                _ = headers.TryAdd(inherited, value);
            }
        }

        return new EmulatorRequest
        {
            Method = Method,
            Origin = batch.Request.Origin,
            PathAndQuery = path.StartsWith(root + "/", StringComparison.Ordinal) ? path : $"{root}/{path.TrimStart('/')}",
            Headers = headers,
            Body = Body,
        };
    }

    private static IReadOnlyList<BatchPart> ParseJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return [.. document.RootElement.GetProperty("requests").EnumerateArray().Select(Parse)];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Errors.MalformedJson();
        }
    }

    private static BatchPart Parse(JsonElement json)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (json.TryGetProperty("headers", out var given))
        {
            foreach (var header in given.EnumerateObject())
            {
                headers[header.Name] = header.Value.ToString();
            }
        }

        return new BatchPart(
            json.GetProperty("id").ToString(),
            Text(json, "method").ToUpperInvariant(),
            Text(json, "url"),
            headers,
            json.TryGetProperty("body", out var body) ? Encoding.UTF8.GetBytes(body.GetRawText()) : default);
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw Errors.MalformedJson();
}
