namespace Dataverse.Sync.Simulation;

/// <summary>The faults of one run.</summary>
internal sealed class FaultScript(IReadOnlyList<Fault> faults)
{
    public static FaultScript None { get; } = new([]);

    public IReadOnlyList<Fault> Faults { get; } = faults;

    /// <summary>The fault that strikes at a call; null for none.</summary>
    /// <param name="counts">The number of the call in each of the places that it belongs to, otherwise zero.</param>
    public Fault? At(ReadOnlySpan<int> counts)
    {
        foreach (var fault in Faults)
        {
            if (fault.Call == counts[(int)fault.Place])
            {
                return fault;
            }
        }

        return null;
    }

    public override string ToString() => Faults.Count == 0 ? "" : $" — {string.Join("; ", Faults.OrderBy(fault => fault.Place).ThenBy(fault => fault.Call))}";
}
