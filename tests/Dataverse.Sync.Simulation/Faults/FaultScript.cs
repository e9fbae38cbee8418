namespace Dataverse.Sync.Simulation;

/// <summary>The faults of one run.</summary>
internal sealed class FaultScript(IReadOnlyList<Fault> faults)
{
    public static FaultScript None { get; } = new([]);

    public IReadOnlyList<Fault> Faults { get; } = faults;

    public Fault? At(int call)
    {
        foreach (var fault in Faults)
        {
            if (fault.Call == call)
            {
                return fault;
            }
        }

        return null;
    }

    public override string ToString() => Faults.Count == 0 ? "" : $" — {string.Join("; ", Faults.OrderBy(fault => fault.Call))}";
}
