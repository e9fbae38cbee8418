using System.Text;
using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The JSON form of a batch: <c>{"requests":[…]}</c> with a response <c>{"responses":[…]}</c>.</summary>
internal static class JsonBatch
{
    /// <summary>Reads the requests of a batch.</summary>
    /// <exception cref="MalformedBatchException">The body is not a JSON batch.</exception>
    public static IReadOnlyList<BatchRequest> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return [.. document.RootElement.GetProperty("requests").EnumerateArray().Select(Read)];
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new MalformedBatchException();
        }
    }

    /// <summary>Writes the response of a batch as one JSON object.</summary>
    public static void Write(Utf8JsonWriter writer, IEnumerable<BatchResponse> responses)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("responses");
        foreach (var response in responses)
        {
            Write(writer, response);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static BatchRequest Read(JsonElement json)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (json.TryGetProperty("headers", out var given))
        {
            foreach (var header in given.EnumerateObject())
            {
                headers[header.Name] = header.Value.ToString();
            }
        }

        return new BatchRequest(
            json.GetProperty("id").ToString(),
            Text(json, "method").ToUpperInvariant(),
            Text(json, "url"),
            headers,
            json.TryGetProperty("body", out var body) ? Encoding.UTF8.GetBytes(body.GetRawText()) : default);
    }

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new MalformedBatchException();

    private static void Write(Utf8JsonWriter writer, BatchResponse part)
    {
        writer.WriteStartObject();
        writer.WriteString("id", part.Id);
        writer.WriteNumber("status", part.Response.Status);
        writer.WriteStartObject("headers");
        foreach (var (name, value) in part.Response.Headers)
        {
            writer.WriteString(name.ToLowerInvariant(), value);
        }

        writer.WriteEndObject();
        if (part.Response.Body.Length > 0)
        {
            WriteBody(writer, part.Response);
        }

        writer.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter writer, EmulatorResponse response)
    {
        writer.WritePropertyName("body");
        if (response.Headers["Content-Type"].StartsWith("application/json", StringComparison.Ordinal))
        {
            writer.WriteRawValue(response.Body.Span);
        }
        else
        {
            writer.WriteStringValue(response.Body.Span);
        }
    }
}
