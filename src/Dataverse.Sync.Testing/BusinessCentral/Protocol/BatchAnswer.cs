using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The answer to one part of a batch.</summary>
internal sealed record BatchAnswer(string Id, EmulatorResponse Response)
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id);
        writer.WriteNumber("status", Response.Status);
        writer.WriteStartObject("headers");
        foreach (var (name, value) in Response.Headers)
        {
            writer.WriteString(name.ToLowerInvariant(), value);
        }

        writer.WriteEndObject();
        if (Response.Body.Length > 0)
        {
            WriteBody(writer);
        }

        writer.WriteEndObject();
    }

    private void WriteBody(Utf8JsonWriter writer)
    {
        writer.WritePropertyName("body");
        if (Response.Headers["Content-Type"].StartsWith("application/json", StringComparison.Ordinal))
        {
            writer.WriteRawValue(Response.Body.Span);
        }
        else
        {
            writer.WriteStringValue(Response.Body.Span);
        }
    }
}
