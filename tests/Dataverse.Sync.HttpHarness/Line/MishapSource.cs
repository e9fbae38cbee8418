namespace Dataverse.Sync.HttpHarness;

/// <summary>Draws what happens to requests.</summary>
internal sealed class MishapSource(int seed, double rate, Features features)
{
    private static readonly (Mishap Mishap, int Weight)[] Read =
    [
        (Mishap.DroppedBefore, 3), (Mishap.DroppedAfter, 2), (Mishap.Hanging, 1), (Mishap.Cut, 4),
        (Mishap.Throttled, 3), (Mishap.Unavailable, 3), (Mishap.Deadlock, 2), (Mishap.Forbidden, 1),
        (Mishap.KilledBefore, 3), (Mishap.SuspendedBefore, 1), (Mishap.SuspendedAfter, 2),
    ];

    private static readonly (Mishap Mishap, int Weight)[] Write =
    [
        (Mishap.DroppedBefore, 3), (Mishap.DroppedAfter, 6), (Mishap.Late, 6), (Mishap.Hanging, 2),
        (Mishap.DoubledFirst, 2), (Mishap.DoubledLast, 3), (Mishap.Cut, 4), (Mishap.Throttled, 2),
        (Mishap.Unavailable, 2), (Mishap.UnavailableAfter, 2), (Mishap.Deadlock, 2), (Mishap.DeadlockAfter, 2),
        (Mishap.Forbidden, 1), (Mishap.KilledBefore, 2), (Mishap.KilledAfter, 4), (Mishap.KilledLate, 3),
        (Mishap.SuspendedBefore, 1), (Mishap.SuspendedAfter, 3),
    ];

    private readonly Dictionary<string, int> seen = [];
    private readonly Lock gate = new();

    /// <summary>
    /// The fate of a request. It follows from the seed, the request, and how often the same request was sent before, so
    /// that the order of requests that a process sends at once does not matter.
    /// </summary>
    public Fate Next(Letter letter)
    {
        var random = new Random(SeedOf(letter));

        // Writes and reads by id are rare, and where it hurts; other reads are repeated.
        if (random.NextDouble() >= (letter.IsWrite || letter.IsReadById ? rate * 3 : rate))
        {
            return new(Mishap.None, random);
        }

        var drawn = letter.IsReadById && random.Next(3) == 0
            ? Mishap.Omitted
            : Draw(random, letter.IsWrite ? Write : Read);
        return new(features.Allows(drawn, letter) ? drawn : Mishap.DroppedAfter, random);
    }

    private static Mishap Draw(Random random, (Mishap Mishap, int Weight)[] weighted)
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

    private int SeedOf(Letter letter)
    {
        var request = $"{letter.Side} {letter.Method} {letter.Subject}";
        int times;
        lock (gate)
        {
            times = seen[request] = seen.GetValueOrDefault(request) + 1;
        }

        // FNV-1a: the hash codes of the platform differ from process to process.
        var hash = 2166136261;
        foreach (var character in $"{seed} {times} {request}")
        {
            hash = unchecked((hash ^ character) * 16777619);
        }

        return unchecked((int)hash);
    }
}
