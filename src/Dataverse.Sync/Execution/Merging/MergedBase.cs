namespace Dataverse.Sync.Execution;

/// <summary>Computes the base of a pair whose record is replaced by the survivor of its merge. Pure.</summary>
internal static class MergedBase
{
    /// <summary>
    /// Returns the base of the pair with the survivor. What the survivor has in place of the merged record's value is an
    /// edit of the person who merged them. A field that does not travel from its side, or in which it has nothing, was
    /// never synchronized.
    /// </summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="stored">The base of the pair, or null if it has none.</param>
    /// <param name="side">The side on which records were merged.</param>
    /// <param name="survivor">The survivor.</param>
    public static SynchronizedBase? Of(
        CompiledMapping mapping, SynchronizedBase? stored, SyncSide side, TableRecord survivor)
    {
        if (stored is null)
        {
            return null;
        }

        var values = mapping.View(side, survivor);
        var next = new BaseDraft(mapping, stored);
        foreach (var field in mapping.Fields)
        {
            if (!values.Has(field) || !field.CanRead(side))
            {
                next.Set(field, FieldBase.Never);
                continue;
            }

            var value = values.ReadableOf(field);
            var isEdit = field.Reaches(side.Opposite()) && !BlankRules.SaysNothing(field, side, value);
            if (Fingerprint.Of(value) != next[field].Of(side) && !isEdit)
            {
                next.Set(field, FieldBase.Never);
            }
        }

        return next.ToBase();
    }
}
