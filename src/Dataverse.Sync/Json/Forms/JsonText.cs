using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dataverse.Sync.Documents;

/// <summary>Writes values as JSON texts.</summary>
internal static class JsonText
{
    // The texts go to files and stores, never into a web page, so that only what JSON itself requires is escaped.
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = DocumentLimits.Depth,
        NewLine = "\n",
    };

    private static readonly JsonWriterOptions Compact = Indented with { Indented = false };

    /// <summary>Writes a document that people read.</summary>
    public static string Write(Action<Utf8JsonWriter> write) => Write(write, Indented);

    /// <summary>Writes a document in one line.</summary>
    public static string WriteCompact(Action<Utf8JsonWriter> write) => Write(write, Compact);

    /// <summary>Writes one value in one line. Code without a name is told by its type.</summary>
    public static string? Of<T>(Form<T> form, T value, NamedCode code)
    {
        try
        {
            var text = WriteCompact(writer => form.Write(writer, value, code));
            return text == "null" ? null : text;
        }
        catch (SyncConfigurationException unnamed)
        {
            return unnamed.Message;
        }
    }

    private static string Write(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        using var content = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content, options))
        {
            try
            {
                write(writer);
            }
            catch (InvalidOperationException) when (writer.CurrentDepth >= DocumentLimits.Depth)
            {
                // The writer refuses more levels than the reader reads.
                throw new SyncConfigurationException(
                    [$"A filter is nested too deep for a document, which has at most {DocumentLimits.Depth} levels."]);
            }
        }

        return Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length);
    }
}
