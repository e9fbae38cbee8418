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

    public static JsonObject ToNode(PageRow row, CompanyView view) => JsonNode.Parse(Write(writer =>
    {
        writer.WriteStartObject();
        WriteProperties(writer, row, view, null);
        writer.WriteEndObject();
    }))!.AsObject();

    /// <param name="writer">Positioned inside an object.</param>
    /// <param name="row">The row.</param>
    /// <param name="view">The company as of the read.</param>
    /// <param name="select">Names wanted; null for all. The order is the page's, not that of the names.</param>
    public static void WriteProperties(
        Utf8JsonWriter writer, PageRow row, CompanyView view, IReadOnlyCollection<string>? select)
    {
        var fields = row.Schema.Fields;
        for (var ordinal = 0; ordinal < fields.Count; ordinal++)
        {
            if (select?.Contains(fields[ordinal].Name) == false)
            {
                continue;
            }

            writer.WritePropertyName(fields[ordinal].Name);
            FieldValues.Write(writer, view.Shown(row, ordinal));
        }
    }
}
