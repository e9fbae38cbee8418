namespace Dataverse.Sync.Simulation;

/// <summary>What became of a mutant.</summary>
/// <param name="Mutant">The mutant.</param>
/// <param name="Seed">The seed of the history that caught it, which is how many were played; 0 when none did.</param>
/// <param name="Violation">The invariant that it broke.</param>
internal sealed record MutantOutcome(Mutant Mutant, int Seed, string? Violation)
{
    public bool IsCaught => Seed > 0;
}
