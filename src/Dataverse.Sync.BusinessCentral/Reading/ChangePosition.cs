using System.Globalization;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>The position of a change feed: the newest stamp that was seen, or none yet.</summary>
internal readonly record struct ChangePosition(DateTimeOffset? Stamp)
{
    private const string Format = "1;";
    private const string StampFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>Reads a checkpoint; null when there is none, it holds no stamp, or another format wrote it.</summary>
    public static ChangePosition? Parse(Checkpoint? checkpoint)
    {
        if (checkpoint is null || !checkpoint.Position.StartsWith(Format, StringComparison.Ordinal))
        {
            return null;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var text = checkpoint.Position.AsSpan(Format.Length);
        return DateTimeOffset.TryParseExact(text, StampFormat, CultureInfo.InvariantCulture, Utc, out var stamp)
            ? new ChangePosition(stamp)
            : null;
    }

    public Checkpoint ToCheckpoint() =>
        new(Format + Stamp?.UtcDateTime.ToString(StampFormat, CultureInfo.InvariantCulture));
}
