using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The clocks of the application servers that set modification stamps: rounded to 1/300 s as SQL <c>datetime</c> is,
/// each server with its own skew. Servers take turns, one write each.
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
        return Stamps.Rounded(Forced ?? time.GetUtcNow() + skew);
    }
}
