using System.Buffers;
using System.Globalization;
using System.Text;

namespace Dataverse.Sync.WebApi;

/// <summary>Writes a multipart body in the strict form that the service reads.</summary>
/// <remarks>That is: CRLF everywhere, a blank line after the headers, a line end after the last boundary.</remarks>
internal sealed class BatchWriter
{
    private readonly ArrayBufferWriter<byte> output = new(4096);
    private readonly string boundary;

    // A boundary must not occur in a body, and bodies hold what people type: it is chosen at random.
    private BatchWriter(string boundary) => this.boundary = boundary;

    /// <summary>Writes a batch.</summary>
    /// <returns>The body and the media type that announces its boundary.</returns>
    public static (ReadOnlyMemory<byte> Body, string ContentType) Write(IReadOnlyList<BatchRequest> parts)
    {
        var writer = new BatchWriter($"batch_{Guid.NewGuid():N}");
        for (var index = 0; index < parts.Count; index++)
        {
            writer.WritePart(parts[index], index);
        }

        writer.Line($"--{writer.boundary}--");
        return (writer.output.WrittenMemory, MediaType(writer.boundary));
    }

    private static string MediaType(string boundary) => $"multipart/mixed; boundary=\"{boundary}\"";

    private void WritePart(BatchRequest part, int index)
    {
        Line($"--{boundary}");
        if (part.ChangeSet is null)
        {
            WriteRequest(part, contentId: null);
            return;
        }

        var changeSet = string.Create(CultureInfo.InvariantCulture, $"changeset_{index}_{boundary}");
        Line($"Content-Type: {MediaType(changeSet)}");
        Line();
        for (var item = 0; item < part.ChangeSet.Count; item++)
        {
            Line($"--{changeSet}");
            WriteRequest(part.ChangeSet[item], string.Create(CultureInfo.InvariantCulture, $"{index}{item:D3}"));
        }

        Line($"--{changeSet}--");
        Line();
    }

    private void WriteRequest(BatchRequest part, string? contentId)
    {
        Line("Content-Type: application/http");
        Line("Content-Transfer-Encoding: binary");
        if (contentId is not null)
        {
            Line($"Content-ID: {contentId}");
        }

        Line();
        Line($"{part.Method.Method} {part.Address.PathAndQuery} HTTP/1.1");
        foreach (var (name, value) in part.Headers)
        {
            Line($"{name}: {value}");
        }

        if (part.Body.IsEmpty)
        {
            Line();
        }
        else
        {
            Line("Content-Type: application/json");
            Line();
            output.Write(part.Body.Span);
        }

        Line();
    }

    private void Line(string text = "")
    {
        _ = Encoding.UTF8.GetBytes(text, output);
        output.Write("\r\n"u8);
    }
}
