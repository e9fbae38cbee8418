using System.Globalization;

namespace Dataverse.Sync.WebApi;

/// <summary>
/// What a checkpoint says; its text begins with a version, so that a later form is not mistaken for this one.
/// </summary>
internal abstract record ChangePosition
{
    private const string Tracked = "1 tracked ";
    private const string Stamped = "1 modifiedon ";

    /// <summary>The position where nothing is known of what came before.</summary>
    public static ChangePosition Beginning { get; } = new Unknown();

    /// <summary>Reads a checkpoint; one that is missing or not understood begins again.</summary>
    public static ChangePosition Parse(Checkpoint? checkpoint)
    {
        var text = checkpoint?.Position ?? string.Empty;
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

    public abstract Checkpoint ToCheckpoint();

    /// <summary>A position of change tracking.</summary>
    /// <param name="Columns">The columns that the link delivers, as the wire names them.</param>
    /// <param name="Link">The link, relative to the root of the Web API.</param>
    internal sealed record DeltaLink(IReadOnlyList<string> Columns, string Link) : ChangePosition
    {
        public override Checkpoint ToCheckpoint() => new($"{Tracked}{string.Join(',', Columns)} {Link}");
    }

    /// <summary>The newest stamp that was seen.</summary>
    internal sealed record Watermark(DateTimeOffset Newest) : ChangePosition
    {
        public override Checkpoint ToCheckpoint() => new(Stamped + Newest.ToString("o", CultureInfo.InvariantCulture));
    }

    private sealed record Unknown : ChangePosition
    {
        public override Checkpoint ToCheckpoint() => new("1 beginning");
    }
}
