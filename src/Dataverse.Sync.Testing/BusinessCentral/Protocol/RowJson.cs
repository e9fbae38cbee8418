using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Writes rows as JSON in the pages' property order.</summary>
internal static class RowJson
{
    // The cloud does not escape the apostrophe and characters beyond ASCII.
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            content(writer);
        }

        return buffer.ToArray();
    }

    /// <summary>The row as the API prints it, without control information and streams.</summary>
    public static JsonObject ToNode(PageRow row, CompanyView view) => JsonNode.Parse(Write(writer =>
    {
        writer.WriteStartObject();
        for (var ordinal = 0; ordinal < row.Schema.Fields.Count; ordinal++)
        {
            if (row.Schema.Fields[ordinal].Type != BusinessCentralFieldType.Stream)
            {
                writer.WritePropertyName(row.Schema.Fields[ordinal].Name);
                FieldValues.Write(writer, view.Shown(row, ordinal));
            }
        }

        writer.WriteEndObject();
    }))!.AsObject();
}
