using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The clocks of the application servers that set modification stamps, rounded to 1/300 s like SQL <c>datetime</c>,
/// each server with its own skew. The servers write in turn.
/// </summary>
internal sealed class ServerClock(TimeProvider time, IReadOnlyList<TimeSpan> skews)
{
    private int writes;
    private volatile StrongBox<DateTimeOffset>? forced;

    /// <summary>The stamp of every write; <see langword="null"/> for the clock.</summary>
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
