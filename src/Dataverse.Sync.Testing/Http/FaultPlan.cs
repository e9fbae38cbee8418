namespace Dataverse.Sync.Testing;

/// <summary>
/// The planned faults of an emulator. At most one fault affects a request: the first added one that matches, still has
/// requests left to affect, and has let enough requests pass. Safe for concurrent use.
/// </summary>
public sealed class FaultPlan
{
    private readonly Lock gate = new();
    private readonly List<Entry> entries = [];
    private readonly List<Func<Task>> late = [];

    internal FaultPlan()
    {
    }

    /// <summary>
    /// The number of requests that faults have affected since the start or the last <see cref="Clear"/>.
    /// </summary>
    public int StruckCount { get; private set; }

    /// <summary>
    /// Whether a planned fault has not yet affected all its requests. Always <see langword="true"/> after a fault from
    /// <see cref="EmulatorFault.Always"/> was added.
    /// </summary>
    public bool IsPending
    {
        get
        {
            lock (gate)
            {
                return entries.Count > 0;
            }
        }
    }

    /// <summary>Adds a fault after those that are already planned.</summary>
    /// <param name="fault">The fault.</param>
    public void Add(EmulatorFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (gate)
        {
            entries.Add(new Entry(fault));
        }
    }

    /// <summary>The number of requests that are on their way; see <see cref="EmulatorFault.LateArrival"/>.</summary>
    public int LateRequestCount
    {
        get
        {
            lock (gate)
            {
                return late.Count;
            }
        }
    }

    /// <summary>Lets the requests that are on their way arrive, in the order in which they were sent.</summary>
    /// <returns>A task that completes when the service has executed them. They are not logged a second time.</returns>
    public async Task LandLateRequestsAsync()
    {
        var landing = new List<Func<Task>>();
        lock (gate)
        {
            landing.AddRange(late);
            late.Clear();
        }

        foreach (var request in landing)
        {
            await request().ConfigureAwait(false);
        }
    }

    /// <summary>Removes every fault, forgets the requests that are on their way, and sets <see cref="StruckCount"/> to zero.</summary>
    public void Clear()
    {
        lock (gate)
        {
            entries.Clear();
            late.Clear();
            StruckCount = 0;
        }
    }

    internal void Hold(Func<Task> request)
    {
        lock (gate)
        {
            late.Add(request);
        }
    }

    internal EmulatorFault? Strike(FaultTarget target)
    {
        lock (gate)
        {
            foreach (var entry in entries)
            {
                if (entry.Fault.AffectsParts != target.IsPart)
                {
                    continue;
                }

                if (entry.Fault.Predicate?.Invoke(target) == false)
                {
                    continue;
                }

                if (entry.PassesLeft > 0)
                {
                    entry.PassesLeft--;
                    continue;
                }

                if (entry.StrikesLeft != int.MaxValue && --entry.StrikesLeft == 0)
                {
                    _ = entries.Remove(entry);
                }

                StruckCount++;
                return entry.Fault;
            }

            return null;
        }
    }

    private sealed class Entry(EmulatorFault fault)
    {
        public EmulatorFault Fault { get; } = fault;

        public int PassesLeft { get; set; } = fault.Passes;

        public int StrikesLeft { get; set; } = fault.Strikes;
    }
}
