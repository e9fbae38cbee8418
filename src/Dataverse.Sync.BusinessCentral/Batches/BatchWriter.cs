using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Writes the JSON body of a batch; its parts are numbered from zero.</summary>
internal sealed class BatchWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> buffer = new(4096);
    private readonly Utf8JsonWriter writer;

    public BatchWriter()
    {
        writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartArray("requests");
    }

    /// <summary>The number of parts.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a read.</summary>
    /// <param name="url">The address relative to the API's root.</param>
    /// <param name="headers">The headers of this part.</param>
    public void AddGet(string url, params IReadOnlyList<KeyValuePair<string, string>> headers) => Add("GET", url, headers, body: null);

    /// <summary>Adds a part.</summary>
    /// <param name="method">The method.</param>
    /// <param name="url">The address relative to the API's root.</param>
    /// <param name="ifMatch">The version condition, or null.</param>
    /// <param name="body">Writes the properties of the body; null for none.</param>
    public void Add(string method, string url, string? ifMatch, Action<Utf8JsonWriter>? body) =>
        Add(method, url, ifMatch is null ? [] : [new("If-Match", ifMatch)], body);

    /// <summary>Ends the body; nothing can be added afterwards.</summary>
    public ReadOnlyMemory<byte> Complete()
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    public void Dispose() => writer.Dispose();

    private void Add(
        string method, string url, IReadOnlyList<KeyValuePair<string, string>> headers, Action<Utf8JsonWriter>? body)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Count++.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("method", method);
        writer.WriteString("url", url);
        writer.WriteStartObject("headers");
        if (body is not null)
        {
            writer.WriteString("Content-Type", "application/json");
        }

        foreach (var (name, value) in headers)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        if (body is not null)
        {
            writer.WriteStartObject("body");
            body(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
