namespace Dataverse.Sync.Simulation;

/// <summary>A fault at one call of a run.</summary>
/// <param name="Call">The number of the call, from 1; a run with fewer calls does not meet it.</param>
/// <param name="Kind">What goes wrong.</param>
internal sealed record Fault(int Call, FaultKind Kind)
{
    /// <summary>What the user does, for <see cref="FaultKind.UserAction"/>.</summary>
    public HistoryStep? Action { get; init; }

    public override string ToString() => Kind == FaultKind.UserAction ? $"at call {Call} {Action}" : $"at call {Call} {Kind}";
}
