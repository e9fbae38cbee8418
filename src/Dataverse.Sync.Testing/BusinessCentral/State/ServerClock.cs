using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The clocks of the application servers that set modification stamps: rounded to 1/300 s as SQL <c>datetime</c> is, each server
/// with its own skew. Servers take turns, one write each.
/// </summary>
internal sealed class ServerClock(TimeProvider time, IReadOnlyList<TimeSpan> skews)
{
    private int writes;
    private volatile StrongBox<DateTimeOffset>? forced;

    /// <summary>When set, every write gets this stamp.</summary>
    public DateTimeOffset? Forced
    {
        get => forced?.Value;
        set => forced = value is { } stamp ? new StrongBox<DateTimeOffset>(stamp) : null;
    }

    public DateTimeOffset NextStamp()
    {
        var turn = (uint)(Interlocked.Increment(ref writes) - 1);
        var skew = skews.Count == 0 ? TimeSpan.Zero : skews[(int)(turn % (uint)skews.Count)];
        return Rounded(Forced ?? time.GetUtcNow() + skew);
    }

    /// <summary>The nearest multiple of 1/300 s, which the API shows as …0, …3 or …7 milliseconds.</summary>
    public static DateTimeOffset Rounded(DateTimeOffset moment)
    {
        const decimal Unit = TimeSpan.TicksPerSecond / 300m;
        var second = moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerSecond);
        var units = Math.Round((moment.UtcTicks - second) / Unit, MidpointRounding.AwayFromZero);
        return new DateTimeOffset(second + (long)Math.Round(units * Unit, MidpointRounding.AwayFromZero), TimeSpan.Zero);
    }

    /// <summary>The moment as the API shows it: to the nearest millisecond.</summary>
    public static DateTimeOffset Shown(DateTimeOffset moment)
    {
        var milliseconds = (long)Math.Round(moment.UtcTicks / (decimal)TimeSpan.TicksPerMillisecond, MidpointRounding.AwayFromZero);
        return new DateTimeOffset(milliseconds * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }
}
