namespace Dataverse.Sync.Execution;

/// <summary>
/// Recognizes plans that overwrite a value with nothing, and decides how many of them a run may carry out. Pure.
/// </summary>
/// <remarks>
/// A system may withhold a value from one caller and answer as if the field were blank. No schema tells this if single
/// values are shared, so what looks like an edit of many records may be a right that was taken away.
/// </remarks>
internal static class BlankingRules
{
    private const double AlwaysAllowed = 10;

    /// <summary>Whether a plan overwrites a value because the source is blank, or shows what becomes a blank.</summary>
    public static bool Blanks(CompiledMapping mapping, in PlannedPair planned)
    {
        foreach (var target in Sides.Both)
        {
            if (planned.Plan.WritesTo(target).Count > 0 && Blanks(mapping, planned, target))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many records of a mapping may lose a value in one run.</summary>
    /// <param name="couplings">The number of pairs of the mapping.</param>
    /// <param name="share">The share of the pairs that the mapping allows.</param>
    public static double Allowed(long couplings, double share) =>
        Math.Max(share * couplings, Math.Max(Math.Min(AlwaysAllowed, couplings / 2.0), 1));

    private static bool Blanks(CompiledMapping mapping, in PlannedPair planned, SyncSide target)
    {
        if (planned.Pair.On(target) is not { } existing || planned.Pair.On(target.Opposite()) is not { } source)
        {
            return false;
        }

        var (before, values) = (mapping.View(target, existing), mapping.View(target.Opposite(), source));
        var writes = planned.Plan.WritesTo(target);
        foreach (var field in mapping.Fields)
        {
            // A reference that is not coupled may be cleared; it was not withheld.
            var isBlanked = field.ReachesForUpdate(target)
                && (field.Mapping.Lookup is null || values.ReadableOf(field).IsBlank)
                && writes.ValueOf(field.On(target).Name) is { IsBlank: true }
                && !ValueConversion.AreEquivalent(before.ReadableOf(field), FieldValue.Blank);
            if (isBlanked)
            {
                return true;
            }
        }

        return false;
    }
}
