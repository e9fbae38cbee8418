namespace Dataverse.Sync.Testing;

/// <summary>
/// The faults that an emulator will produce. Each request is struck by at most one: the first in order of addition that
/// matches and is neither waiting nor spent. Safe for use from several threads.
/// </summary>
public sealed class FaultPlan
{
    private readonly Lock gate = new();
    private readonly List<Entry> entries = [];

    internal FaultPlan()
    {
    }

    /// <summary>How many requests were struck since the start or the last <see cref="Clear"/>.</summary>
    public int StruckCount { get; private set; }

    /// <summary>
    /// Whether a fault still waits for its requests; always true after a fault made by
    /// <see cref="EmulatorFault.Always"/>.
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

    /// <summary>Adds a fault behind those already planned.</summary>
    public void Add(EmulatorFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (gate)
        {
            entries.Add(new Entry(fault));
        }
    }

    /// <summary>Drops every fault and sets <see cref="StruckCount"/> to zero.</summary>
    public void Clear()
    {
        lock (gate)
        {
            entries.Clear();
            StruckCount = 0;
        }
    }

    internal EmulatorFault? Strike(FaultTarget target)
    {
        lock (gate)
        {
            foreach (var entry in entries)
            {
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
