using System.Text;

namespace Dataverse.Sync.Documents;

/// <summary>The text of a document, which finds the line of a position.</summary>
/// <param name="Content">The bytes in UTF-8.</param>
/// <param name="Name">The name of the file for messages, or null.</param>
internal sealed record DocumentSource(ReadOnlyMemory<byte> Content, string? Name = null)
{
    private const byte LineEnd = (byte)'\n';

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Makes the source of a text.</summary>
    public static DocumentSource Of(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>The bytes without a byte order mark.</summary>
    public ReadOnlyMemory<byte> Text =>
        Content.Span.StartsWith(ByteOrderMark) ? Content[ByteOrderMark.Length..] : Content;

    /// <summary>Describes a position by its line and column, which count from 1.</summary>
    public string Describe(long position)
    {
        var before = Text.Span[..(int)Math.Min(position, Text.Length)];
        var line = before.Count(LineEnd) + 1;
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf(LineEnd) + 1)..]) + 1;
        return Describe(line, column);
    }

    /// <summary>Describes a line and a column, which count from 1.</summary>
    public string Describe(long line, long column) =>
        Name is null ? $"line {line}, column {column}" : $"{Name}, line {line}, column {column}";
}
