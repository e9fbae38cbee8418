namespace Dataverse.Sync.HttpHarness;

/// <summary>Draws what happens to requests.</summary>
internal sealed class MishapSource(Random random, double rate, Features features)
{
    private static readonly (Mishap Mishap, int Weight)[] Read =
    [
        (Mishap.DroppedBefore, 3), (Mishap.DroppedAfter, 2), (Mishap.Hanging, 1), (Mishap.Cut, 4),
        (Mishap.Throttled, 3), (Mishap.Unavailable, 3), (Mishap.Deadlock, 2), (Mishap.Forbidden, 1),
        (Mishap.KilledBefore, 3), (Mishap.SuspendedBefore, 1), (Mishap.SuspendedAfter, 2), (Mishap.Omitted, 2),
    ];

    private static readonly (Mishap Mishap, int Weight)[] Write =
    [
        (Mishap.DroppedBefore, 3), (Mishap.DroppedAfter, 6), (Mishap.Late, 6), (Mishap.Hanging, 2),
        (Mishap.DoubledFirst, 2), (Mishap.DoubledLast, 3), (Mishap.Cut, 4), (Mishap.Throttled, 2),
        (Mishap.Unavailable, 2), (Mishap.UnavailableAfter, 2), (Mishap.Deadlock, 2), (Mishap.DeadlockAfter, 2),
        (Mishap.Forbidden, 1), (Mishap.KilledBefore, 2), (Mishap.KilledAfter, 4), (Mishap.KilledLate, 3),
        (Mishap.SuspendedBefore, 1), (Mishap.SuspendedAfter, 3),
    ];

    /// <summary>The fate of a request.</summary>
    public Mishap Next(Letter letter)
    {
        // Writes and reads by id are rare, and where it hurts; other reads are repeated.
        if (random.NextDouble() >= (letter.IsWrite || letter.IsReadById ? rate * 3 : rate))
        {
            return Mishap.None;
        }

        var drawn = letter.IsReadById && random.Next(3) == 0 ? Mishap.Omitted : Draw(letter.IsWrite ? Write : Read);
        return features.Allows(drawn, letter) ? drawn : Mishap.DroppedAfter;
    }

    /// <summary>How much later a late request is executed: within the time that the engine waits for it.</summary>
    public TimeSpan Lateness() => TimeSpan.FromSeconds(random.Next(1, 480));

    public TimeSpan? RetryAfter() => random.Next(3) == 0 ? null : TimeSpan.FromSeconds(random.Next(1, 40));

    public TimeSpan Latency() => TimeSpan.FromMilliseconds(random.Next(20, 400));

    /// <summary>One of several records.</summary>
    public int One(int count) => random.Next(count);

    /// <summary>The part of a response that arrives.</summary>
    public int CutAt(int length) => length == 0 ? 0 : random.Next(length);

    private Mishap Draw((Mishap Mishap, int Weight)[] weighted)
    {
        var left = random.Next(weighted.Sum(item => item.Weight));
        foreach (var (mishap, weight) in weighted)
        {
            left -= weight;
            if (left < 0)
            {
                return mishap;
            }
        }

        return Mishap.None;
    }
}
