using System.Text;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Reads multipart bodies: whatever Microsoft's OData reader accepts, except that CRLF must end every structural line
/// and must follow the closing boundary of the whole, as the documentation of Dataverse demands. Text is decoded byte by
/// byte, so that the bodies of parts are preserved.
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

    /// <summary>Splits a multipart body into its parts. Text before the first boundary and after the last counts for
    /// nothing.</summary>
    /// <param name="text">The body, from <see cref="ToText"/>.</param>
    /// <param name="boundary">The boundary without its hyphens.</param>
    /// <param name="isOutermost">Whether CRLF must follow the closing boundary.</param>
    /// <exception cref="MalformedBatchException">The text is not well-formed.</exception>
    public static IReadOnlyList<MultipartPart> Read(string text, string boundary, bool isOutermost)
    {
        var parts = new List<MultipartPart>();
        var delimiter = MultipartDelimiter.Find(text, boundary, from: 0);
        while (delimiter is { IsClosing: false } opening)
        {
            delimiter = MultipartDelimiter.Find(text, boundary, opening.End);
            if (delimiter is { } next)
            {
                parts.Add(Part(text[opening.End..Math.Max(opening.End, next.Start)]));
            }
        }

        return delimiter is { } closing && (!isOutermost || closing.HasLineEnd)
            ? parts
            : throw new MalformedBatchException();
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
        // Without a body, the blank line may end in the CRLF that belongs to the boundary.
        if (text.Length == 0)
        {
            return ("", "");
        }

        if (text.StartsWith(LineEnd, StringComparison.Ordinal))
        {
            return ("", text[2..]);
        }

        var at = text.IndexOf(BlankLine, StringComparison.Ordinal);
        if (at >= 0)
        {
            return (text[..at], text[(at + BlankLine.Length)..]);
        }

        return text.EndsWith(LineEnd, StringComparison.Ordinal)
            ? (text[..^2], "")
            : throw new MalformedBatchException();
    }
}
