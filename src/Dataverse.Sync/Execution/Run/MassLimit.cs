namespace Dataverse.Sync.Execution;

/// <summary>How many records of a mapping one run may change in a way that a wrong answer of a system would cause.</summary>
internal static class MassLimit
{
    private const double AlwaysAllowed = 10;

    /// <summary>
    /// Returns the limit: a share of the pairs, but at least ten, of which no more than half of a small table, and one.
    /// </summary>
    /// <param name="couplings">The number of pairs of the mapping.</param>
    /// <param name="share">The share of the pairs that the mapping allows.</param>
    public static double Of(long couplings, double share) =>
        Math.Max(share * couplings, Math.Max(Math.Min(AlwaysAllowed, couplings / 2.0), 1));
}
