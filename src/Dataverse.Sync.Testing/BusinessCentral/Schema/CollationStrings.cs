namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Compares text as the database does, without regard to letter case and trailing blanks. Escaped enum members are
/// compared by their names, so that a filter finds the blank member in each spelling.
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
