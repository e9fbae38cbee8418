using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Dataverse.Sync.WebApi;

/// <summary>
/// Reads a multipart response: tolerant of line ends and unknown headers, strict about its bounds and its end.
/// </summary>
internal static class BatchReader
{
    private const int MaxParts = 2_000;
    private const int MaxHeaders = 64;
    private const int MaxLineLength = 64 * 1024;

    /// <summary>The boundary that a media type announces; null when it is none of a multipart body.</summary>
    public static string? BoundaryOf(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            || parsed.MediaType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        var parameter = parsed.Parameters.FirstOrDefault(item => item.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase));
        var boundary = parameter?.Value?.Trim('"');
        return boundary is { Length: > 0 and <= 200 } ? boundary : null;
    }

    /// <summary>Reads the responses in the order of the requests; a change set counts as one request.</summary>
    /// <exception cref="FormatException">The body is no such answer, or breaks off.</exception>
    public static IReadOnlyList<BatchResponse> Read(ReadOnlyMemory<byte> body, string boundary)
    {
        var responses = new List<BatchResponse>();
        foreach (var part in Split(body, boundary))
        {
            var lines = new HeaderLines(part);
            var contentType = HeaderLines.Find(lines.ReadHeaders(MaxHeaders, MaxLineLength), "Content-Type");
            responses.Add(BoundaryOf(contentType) is { } inner ? ReadChangeSet(lines.Rest, inner) : ReadResponse(lines.Rest));
        }

        return responses;
    }

    // A failed change set responses with the one failure in place of all; else all succeeded and the last one stands
    // for them.
    private static BatchResponse ReadChangeSet(ReadOnlyMemory<byte> body, string boundary)
    {
        BatchResponse? result = null;
        var count = 0;
        foreach (var part in Split(body, boundary))
        {
            var lines = new HeaderLines(part);
            _ = lines.ReadHeaders(MaxHeaders, MaxLineLength);
            var response = ReadResponse(lines.Rest);
            result = result is { IsSuccess: false } ? result : response;
            count++;
        }

        return result is null
            ? throw new FormatException("The answer to a change set is empty.")
            : result with { Count = count };
    }

    private static BatchResponse ReadResponse(ReadOnlyMemory<byte> part)
    {
        var lines = new HeaderLines(part);
        var words = Encoding.Latin1.GetString(lines.ReadLine(MaxLineLength).Span).Split(' ', 3);
        if (words.Length < 2 || !words[0].StartsWith("HTTP/", StringComparison.Ordinal)
            || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status) || status is < 100 or > 999)
        {
            throw new FormatException("A part of the answer has no status.");
        }

        var headers = lines.ReadHeaders(MaxHeaders, MaxLineLength);
        return new BatchResponse(status, headers, lines.Rest);
    }

    private static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> body, string boundary)
    {
        var delimiter = Encoding.UTF8.GetBytes("--" + boundary);
        var parts = new List<ReadOnlyMemory<byte>>();
        var start = -1;
        for (var from = 0; FindDelimiter(body.Span, delimiter, from) is >= 0 and var at; from = at + delimiter.Length)
        {
            if (start >= 0)
            {
                parts.Add(body[start..Math.Max(start, BeforeLineEnd(body.Span, at))]);
            }

            if (parts.Count > MaxParts)
            {
                throw new FormatException("The answer has too many parts.");
            }

            var after = body.Span[(at + delimiter.Length)..];
            if (after.StartsWith("--"u8))
            {
                return parts;
            }

            var lineEnd = after.IndexOf((byte)'\n');
            start = lineEnd < 0 ? throw Incomplete() : at + delimiter.Length + lineEnd + 1;
        }

        throw Incomplete();
    }

    // A delimiter stands at the beginning of a line and ends with it.
    private static int FindDelimiter(ReadOnlySpan<byte> body, ReadOnlySpan<byte> delimiter, int from)
    {
        while (from <= body.Length - delimiter.Length)
        {
            var found = body[from..].IndexOf(delimiter);
            if (found < 0)
            {
                return -1;
            }

            var at = from + found;
            var after = at + delimiter.Length;
            if ((at == 0 || body[at - 1] == '\n') && EndsName(body[after..]))
            {
                return at;
            }

            from = at + 1;
        }

        return -1;
    }

    private static bool EndsName(ReadOnlySpan<byte> after) =>
        after.IsEmpty || after[0] is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t' || after.StartsWith("--"u8);

    private static int BeforeLineEnd(ReadOnlySpan<byte> body, int at)
    {
        var end = at > 0 && body[at - 1] == '\n' ? at - 1 : at;
        return end > 0 && body[end - 1] == '\r' ? end - 1 : end;
    }

    private static FormatException Incomplete() => new("The answer to the batch breaks off.");
}
