namespace Dataverse.Sync.Simulation;

/// <summary>A fault at one call of a run.</summary>
/// <param name="Call">The number of the call among those of its place, from 1; a run with fewer does not meet it.</param>
/// <param name="Kind">What goes wrong.</param>
internal sealed record Fault(int Call, FaultKind Kind)
{
    /// <summary>Among which calls the number counts.</summary>
    public FaultPlace Place { get; init; }

    /// <summary>What the user does, for <see cref="FaultKind.UserAction"/>.</summary>
    public HistoryStep? Action { get; init; }

    public override string ToString() => $"at {Place.ToString().ToLowerInvariant()} {Call} {(Kind == FaultKind.UserAction ? Action!.ToString() : Kind.ToString())}";
}
