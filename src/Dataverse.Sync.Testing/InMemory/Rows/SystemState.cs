namespace Dataverse.Sync.Testing;

/// <summary>
/// The state that the tables of one in-memory system share: the clock, the row versions, and the ids that the system
/// chooses.
/// </summary>
internal sealed class SystemState(InMemoryOptions options)
{
    private readonly Lock gate = new();
    private readonly Random random = new(options.Seed);
    private long sequence;

    /// <summary>The number of the last change to any table.</summary>
    public long Sequence => Interlocked.Read(ref sequence);

    /// <summary>Sets the sequence back, as a restored database does: its numbers are issued again.</summary>
    public void Rewind(long earlier) => Interlocked.Exchange(ref sequence, earlier);

    public long NextSequence() => Interlocked.Increment(ref sequence);

    public Guid NextId()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (gate)
        {
            random.NextBytes(bytes);
        }

        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    public DateTimeOffset Now(StampResolution resolution) => Round(options.TimeProvider.GetUtcNow(), resolution);

    public static DateTimeOffset Round(DateTimeOffset instant, StampResolution resolution)
    {
        var ticks = instant.UtcTicks;
        var rounded = resolution switch
        {
            StampResolution.WholeSecond => ticks - (ticks % TimeSpan.TicksPerSecond),
            StampResolution.ThreeHundredth => ToThreeHundredths(ticks),
            _ => ticks,
        };
        return new DateTimeOffset(rounded, TimeSpan.Zero);
    }

    // SQL Server counts units of 1/300 s and shows them as whole milliseconds: 0, 3, 7, 10, …
    private static long ToThreeHundredths(long ticks)
    {
        var second = ticks - (ticks % TimeSpan.TicksPerSecond);
        var units = Math.Round((ticks - second) * 300m / TimeSpan.TicksPerSecond);
        return second + ((long)Math.Round(units * 10m / 3m) * TimeSpan.TicksPerMillisecond);
    }
}
