namespace Dataverse.Sync.Simulation;

/// <summary>What became of a mutant.</summary>
/// <param name="Mutant">The mutant.</param>
/// <param name="History">The seed of the random history that caught it, which is how many were played; or the sweep; null when none did.</param>
/// <param name="Violation">The invariant that it broke.</param>
internal sealed record MutantOutcome(Mutant Mutant, string? History, string? Violation)
{
    public bool IsCaught => History is not null;
}
