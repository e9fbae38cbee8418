namespace Dataverse.Sync.Execution;

/// <summary>
/// Recognizes plans that overwrite a value with nothing. Pure.
/// </summary>
/// <remarks>
/// A system may withhold a value from one caller and answer as if the field were blank. No schema tells this if single
/// values are shared, so what looks like an edit of many records may be a right that was taken away.
/// </remarks>
internal static class BlankingRules
{
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
            // A reference that is not coupled may be cleared; it was not withheld. What nobody can see on the target may be
            // a value.
            var isBlanked = field.ReachesForUpdate(target)
                && (!field.IsResolved || values.ReadableOf(field).IsBlank)
                && writes.ValueOf(field.On(target).Name) is { IsBlank: true }
                && (!field.CanRead(target) || !ValueConversion.AreEquivalent(before[field], FieldValue.Blank));
            if (isBlanked)
            {
                return true;
            }
        }

        return false;
    }
}
