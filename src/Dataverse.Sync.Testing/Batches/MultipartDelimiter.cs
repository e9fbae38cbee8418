namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A line with a boundary: its place in the text of a multipart body.</summary>
/// <param name="Start">Where the part before it ends: at the line end that belongs to the boundary.</param>
/// <param name="End">Where the part after it begins.</param>
/// <param name="IsClosing">Whether it is the last.</param>
/// <param name="HasLineEnd">Whether CRLF ends the line.</param>
internal readonly record struct MultipartDelimiter(int Start, int End, bool IsClosing, bool HasLineEnd)
{
    private const string LineEnd = "\r\n";
    private const string Hyphens = "--";

    /// <summary>Finds the next line with a boundary.</summary>
    /// <param name="text">The body.</param>
    /// <param name="boundary">The boundary without its hyphens.</param>
    /// <param name="from">Where the search begins: at the beginning of a line.</param>
    /// <returns>The line; null if there is none.</returns>
    public static MultipartDelimiter? Find(string text, string boundary, int from)
    {
        var mark = Hyphens + boundary;
        for (var at = text.IndexOf(mark, from, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(mark, at + 1, StringComparison.Ordinal))
        {
            var beginsLine = at == from || IsAt(text, at - 2, LineEnd);
            if (beginsLine && Read(text, at, at + mark.Length) is { } delimiter)
            {
                return delimiter;
            }
        }

        return null;
    }

    // Blanks may follow a boundary. Anything else makes it a longer boundary, which may be one of a nested body.
    private static MultipartDelimiter? Read(string text, int start, int behind)
    {
        var isClosing = IsAt(text, behind, Hyphens);
        var end = isClosing ? behind + Hyphens.Length : behind;
        var line = text.IndexOf(LineEnd, end, StringComparison.Ordinal);
        var hasLineEnd = line >= 0;
        return (isClosing || hasLineEnd) && text.AsSpan(end, (hasLineEnd ? line : text.Length) - end).Trim(" \t").IsEmpty
            ? new MultipartDelimiter(Math.Max(0, start - LineEnd.Length), hasLineEnd ? line + LineEnd.Length : end, isClosing, hasLineEnd)
            : null;
    }

    private static bool IsAt(string text, int at, string expected) =>
        at >= 0 && text.AsSpan(Math.Min(at, text.Length)).StartsWith(expected, StringComparison.Ordinal);
}
