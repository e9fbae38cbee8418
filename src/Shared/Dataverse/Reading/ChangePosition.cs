using System.Globalization;

namespace Dataverse.Sync.Shared;

/// <summary>
/// What a checkpoint says; its text begins with a form, so that a later form, or one of another connector, is not
/// mistaken for this one.
/// </summary>
internal abstract record ChangePosition
{
    private const string Tracked = "tracked ";
    private const string Stamped = "modifiedon ";

    /// <summary>The position where nothing is known of what came before.</summary>
    public static ChangePosition Beginning { get; } = new Unknown();

    /// <summary>Reads a checkpoint; one that is missing or not understood begins again.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="form">The first word of the connector's checkpoints.</param>
    public static ChangePosition Parse(Checkpoint? checkpoint, string form)
    {
        var whole = checkpoint?.Position ?? string.Empty;
        var text = whole.StartsWith($"{form} ", StringComparison.Ordinal) ? whole[(form.Length + 1)..] : string.Empty;
        if (text.StartsWith(Tracked, StringComparison.Ordinal)
            && text[Tracked.Length..].Split(' ') is [{ Length: > 0 } columns, { Length: > 0 } link])
        {
            return new DeltaLink(columns.Split(','), link);
        }

        return text.StartsWith(Stamped, StringComparison.Ordinal)
            && DateTimeOffset.TryParseExact(
                text.AsSpan(Stamped.Length), "o", CultureInfo.InvariantCulture, DateTimeStyles.None, out var newest)
            ? new Watermark(newest)
            : Beginning;
    }

    /// <summary>The checkpoint of the position.</summary>
    /// <param name="form">The first word of the connector's checkpoints.</param>
    public Checkpoint ToCheckpoint(string form) => new($"{form} {Text}");

    /// <summary>The text of the position after the form.</summary>
    protected abstract string Text { get; }

    /// <summary>A position of change tracking.</summary>
    /// <param name="Columns">The columns that the link delivers, as the wire names them.</param>
    /// <param name="Link">The link or token of the next changes, without a blank.</param>
    internal sealed record DeltaLink(IReadOnlyList<string> Columns, string Link) : ChangePosition
    {
        protected override string Text => $"{Tracked}{string.Join(',', Columns)} {Link}";
    }

    /// <summary>The newest stamp that was seen.</summary>
    internal sealed record Watermark(DateTimeOffset Newest) : ChangePosition
    {
        protected override string Text => Stamped + Newest.ToString("o", CultureInfo.InvariantCulture);
    }

    private sealed record Unknown : ChangePosition
    {
        protected override string Text => "beginning";
    }
}
