using System.Text;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads the lines of a message's head and leaves its body.</summary>
internal sealed class HeaderLines(ReadOnlyMemory<byte> message)
{
    /// <summary>What has not been read yet.</summary>
    public ReadOnlyMemory<byte> Rest { get; private set; } = message;

    public static string? Find(IReadOnlyList<KeyValuePair<string, string>> headers, string name) =>
        headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Reads a line without its end; the last one needs none.</summary>
    /// <exception cref="FormatException">The line is too long.</exception>
    public ReadOnlyMemory<byte> ReadLine(int maxLength)
    {
        var length = Rest.Span.IndexOf((byte)'\n');
        var line = length < 0 ? Rest : Rest[..length];
        if (line.Length > maxLength)
        {
            throw new FormatException("A line of the answer is too long.");
        }

        Rest = length < 0 ? default : Rest[(length + 1)..];
        return line.Length > 0 && line.Span[^1] == '\r' ? line[..^1] : line;
    }

    /// <summary>Reads headers up to the blank line or the end.</summary>
    /// <exception cref="FormatException">They are too many, too long, or no headers.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> ReadHeaders(int maxCount, int maxLength)
    {
        var headers = new List<KeyValuePair<string, string>>();
        while (!Rest.IsEmpty && ReadLine(maxLength) is { IsEmpty: false } line)
        {
            var text = Encoding.Latin1.GetString(line.Span);
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || headers.Count == maxCount || text.Any(character => character != '\t' && char.IsControl(character)))
            {
                throw new FormatException("The headers of a part of the answer are malformed.");
            }

            headers.Add(new(text[..colon].Trim(), text[(colon + 1)..].Trim()));
        }

        return headers;
    }
}
