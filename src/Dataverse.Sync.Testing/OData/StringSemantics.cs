namespace Dataverse.Sync.Testing.Emulation;

/// <summary>How a server compares and searches text.</summary>
internal abstract class StringSemantics
{
    /// <summary>Letter case is ignored, and search texts have no wildcards.</summary>
    public static StringSemantics IgnoreCase { get; } = new PlainStringSemantics(StringComparison.OrdinalIgnoreCase);

    /// <summary>Letter case matters, and search texts have no wildcards.</summary>
    public static StringSemantics Ordinal { get; } = new PlainStringSemantics(StringComparison.Ordinal);

    /// <summary>
    /// Letter case is ignored, and <c>%</c>, <c>_</c>, and <c>[…]</c> in a search text are wildcards, as in SQL LIKE.
    /// </summary>
    public static StringSemantics Like { get; } = new LikeStringSemantics();

    public abstract int Compare(string left, string right);

    public abstract bool Contains(string text, string search);

    public abstract bool StartsWith(string text, string search);

    public abstract bool EndsWith(string text, string search);
}
