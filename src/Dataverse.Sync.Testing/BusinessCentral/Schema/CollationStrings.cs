namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Comparison as the database does it: letter case and trailing blanks do not count. Escaped enum members compare as
/// their names, so that a filter finds the blank member under each of its spellings.
/// </summary>
internal sealed class CollationStrings : StringSemantics
{
    public static CollationStrings Instance { get; } = new();

    public override int Compare(string left, string right) =>
        string.Compare(Plain(left).TrimEnd(' '), Plain(right).TrimEnd(' '), StringComparison.OrdinalIgnoreCase);

    public override bool Contains(string text, string search) =>
        Plain(text).Contains(Plain(search), StringComparison.OrdinalIgnoreCase);

    public override bool StartsWith(string text, string search) =>
        Plain(text).StartsWith(Plain(search), StringComparison.OrdinalIgnoreCase);

    public override bool EndsWith(string text, string search) =>
        Plain(text).EndsWith(Plain(search), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string text) => EnumNames.Decode(text);
}
