using System.Buffers;

namespace Dataverse.Sync;

/// <summary>Writes a value or a pattern of a filter expression.</summary>
internal static class OperandWriter
{
    private static readonly SearchValues<char> Operators = SearchValues.Create("|&()=<>'\",");

    /// <summary>Writes a value.</summary>
    public static string Write(string text) =>
        text.Length == 0 ? "''" : Write([PatternPart.Literal(text)], ignoresAccents: false);

    /// <summary>Writes a pattern.</summary>
    public static string Write(IReadOnlyList<PatternPart> parts, bool ignoresAccents)
    {
        var pattern = (ignoresAccents ? "@" : string.Empty) + PatternSyntax.Write(parts);
        return IsPlain(pattern) ? pattern : $"'{pattern.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static bool IsPlain(string text) =>
        !text.AsSpan().ContainsAny(Operators)
        && !text.Contains("..", StringComparison.Ordinal)
        && text[0] is not ('.' or '%')
        && text[^1] != '.'
        && !char.IsWhiteSpace(text[0])
        && !char.IsWhiteSpace(text[^1])
        && !(text is ['@', var second, ..] && (char.IsWhiteSpace(second) || second == '%'));
}
