using System.Text.Json;

namespace Dataverse.Sync.Http;

/// <summary>Reads the body of a collection that is there as a whole.</summary>
internal static class PageReader
{
    /// <summary>Reads a page.</summary>
    /// <exception cref="JsonException">The body is not such a page. The message names properties, never
    /// values.</exception>
    public static RecordPage Read(ReadOnlySpan<byte> body, RecordShape shape)
    {
        var parser = new PageParser(shape);
        _ = parser.Read(body, isLast: true);
        return parser.Complete();
    }
}
