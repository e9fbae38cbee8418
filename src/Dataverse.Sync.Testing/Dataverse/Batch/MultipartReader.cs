using System.Text;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Reads multipart bodies as strictly as the service: CRLF ends every structural line, a blank line stands behind headers, and
/// the closing boundary of the whole is followed by CRLF. Text is taken byte by byte, so that part bodies stay what they are.
/// </summary>
internal static class MultipartReader
{
    private const string LineEnd = "\r\n";
    private const string BlankLine = "\r\n\r\n";

    /// <summary>The boundary that a content type names, or null when it is no multipart type.</summary>
    public static string? Boundary(string? contentType)
    {
        if (contentType?.StartsWith("multipart/mixed", StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        var parameter = contentType.Split(';').Select(part => part.Trim())
            .FirstOrDefault(part => part.StartsWith("boundary=", StringComparison.OrdinalIgnoreCase));
        return parameter?["boundary=".Length..].Trim('"') is { Length: > 0 } boundary ? boundary : null;
    }

    public static string ToText(ReadOnlyMemory<byte> body) => Encoding.Latin1.GetString(body.Span);

    /// <param name="text">The body.</param>
    /// <param name="boundary">The boundary without its hyphens.</param>
    /// <param name="isOutermost">Whether the closing boundary needs its CRLF.</param>
    /// <exception cref="DataverseErrorException">The text is not well-formed.</exception>
    public static IReadOnlyList<MultipartPart> Read(string text, string boundary, bool isOutermost)
    {
        var parts = new List<MultipartPart>();
        var delimiter = LineEnd + "--" + boundary;
        text = LineEnd + text;
        var at = text.IndexOf(delimiter, StringComparison.Ordinal);
        while (at >= 0)
        {
            var behind = at + delimiter.Length;
            if (string.CompareOrdinal(text, behind, "--", 0, 2) == 0)
            {
                return isOutermost && string.CompareOrdinal(text, behind + 2, LineEnd, 0, 2) != 0 ? throw Malformed() : parts;
            }

            if (string.CompareOrdinal(text, behind, LineEnd, 0, 2) != 0)
            {
                throw Malformed();
            }

            at = text.IndexOf(delimiter, behind, StringComparison.Ordinal);
            if (at == behind)
            {
                throw Malformed();
            }

            if (at >= 0)
            {
                parts.Add(Part(text[(behind + 2)..at]));
            }
        }

        throw Malformed();
    }

    /// <summary>Splits what has headers, a blank line, and a body.</summary>
    public static MultipartPart Part(string text)
    {
        var (head, body) = Split(text);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in head.Split(LineEnd, StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.Contains('\n', StringComparison.Ordinal))
            {
                throw Malformed();
            }

            headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        return new MultipartPart(headers, body);
    }

    public static DataverseErrorException Malformed() => DataverseErrors.BadPayload("Stream was not readable.");

    private static (string Head, string Body) Split(string text)
    {
        if (text.StartsWith(LineEnd, StringComparison.Ordinal))
        {
            return ("", text[2..]);
        }

        var at = text.IndexOf(BlankLine, StringComparison.Ordinal);
        if (at >= 0)
        {
            return (text[..at], text[(at + BlankLine.Length)..]);
        }

        // Without a body the blank line ends in the CRLF that belongs to the boundary.
        return text.EndsWith(LineEnd, StringComparison.Ordinal) ? (text[..^2], "") : throw Malformed();
    }
}
