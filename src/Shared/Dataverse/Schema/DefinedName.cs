namespace Dataverse.Sync.Shared;

/// <summary>The names that definitions give to sets, columns, and properties.</summary>
internal static class DefinedName
{
    private const int MaxLength = 256;

    /// <summary>
    /// Whether a text is such a name: letters, digits, and underscores, so that it means nothing else in an address or
    /// a payload.
    /// </summary>
    public static bool IsOne(string? text) =>
        text is { Length: > 0 and <= MaxLength } && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    /// <summary>Whether a text may be the name of a table: lower-case letters, digits, and underscores.</summary>
    public static bool IsTable(string text) =>
        text.Length is > 0 and <= 128
        && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_');

    /// <exception cref="FormatException">It is none.</exception>
    public static string Require(string name) =>
        IsOne(name) ? name : throw new FormatException("A name of the definition is malformed.");
}
