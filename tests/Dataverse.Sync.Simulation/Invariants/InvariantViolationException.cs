namespace Dataverse.Sync.Simulation;

/// <summary>A promise of the library was broken.</summary>
internal sealed class InvariantViolationException(string invariant, string message) : Exception($"{invariant}: {message}")
{
    public string Invariant { get; } = invariant;
}
