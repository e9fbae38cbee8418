using System.Text;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Reads multipart bodies as strictly as the services do: CRLF ends every structural line, a blank line follows the
/// headers, and CRLF follows the closing boundary of the whole. Text is decoded byte by byte, so that the bodies of
/// parts are preserved.
/// </summary>
internal static class MultipartReader
{
    private const string LineEnd = "\r\n";
    private const string BlankLine = "\r\n\r\n";

    /// <summary>The boundary that a content type names, or null if it is not a multipart type.</summary>
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

    /// <summary>Decodes a body into one character for each byte.</summary>
    public static string ToText(ReadOnlyMemory<byte> body) => Encoding.Latin1.GetString(body.Span);

    /// <summary>Splits a multipart body into its parts.</summary>
    /// <param name="text">The body, from <see cref="ToText"/>.</param>
    /// <param name="boundary">The boundary without its hyphens.</param>
    /// <param name="isOutermost">Whether CRLF must follow the closing boundary.</param>
    /// <exception cref="MalformedBatchException">The text is not well-formed.</exception>
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
                return isOutermost && string.CompareOrdinal(text, behind + 2, LineEnd, 0, 2) != 0
                    ? throw new MalformedBatchException()
                    : parts;
            }

            if (string.CompareOrdinal(text, behind, LineEnd, 0, 2) != 0)
            {
                throw new MalformedBatchException();
            }

            at = text.IndexOf(delimiter, behind, StringComparison.Ordinal);
            if (at == behind)
            {
                throw new MalformedBatchException();
            }

            if (at >= 0)
            {
                parts.Add(Part(text[(behind + 2)..at]));
            }
        }

        throw new MalformedBatchException();
    }

    /// <summary>Splits a text into headers and the body after the blank line.</summary>
    /// <exception cref="MalformedBatchException">A header is not well-formed, or no line ends the headers.</exception>
    public static MultipartPart Part(string text)
    {
        var (head, body) = Split(text);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in head.Split(LineEnd, StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.Contains('\n', StringComparison.Ordinal))
            {
                throw new MalformedBatchException();
            }

            headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        return new MultipartPart(headers, body);
    }

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
        return text.EndsWith(LineEnd, StringComparison.Ordinal)
            ? (text[..^2], "")
            : throw new MalformedBatchException();
    }
}
