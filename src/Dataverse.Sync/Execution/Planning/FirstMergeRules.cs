namespace Dataverse.Sync.Execution;

/// <summary>
/// The decision table for a field that was not yet synchronized on both sides: in a pair that was matched or adopted, in
/// a field mapping that was added, or in a record that the engine created without a value for the field.
/// </summary>
/// <remarks>
/// A blank never wins over a value. Where both sides have a value, nobody can know which of them is newer. What a base
/// without a fingerprint on one side means is explained in decision 3.
/// </remarks>
internal static class FirstMergeRules
{
    /// <summary>Decides about a field whose two values are not equivalent.</summary>
    /// <param name="field">The field.</param>
    /// <param name="values">The values of both sides.</param>
    /// <param name="known">What was last synchronized. It is not complete.</param>
    /// <param name="current">The fingerprints of the values.</param>
    public static FieldMerge Decide(
        CompiledField field, Sides<FieldValue> values, FieldBase known, FieldBase current)
    {
        var sends = field.ReachesForUpdate(SyncSide.Integration);
        var fetches = field.ReachesForUpdate(SyncSide.Local);
        return (sends, fetches) switch
        {
            (true, true) => DecideTwoWay(field, values, known, current),
            (true, false) => DecideOneWay(field, SyncSide.Local, values, known, current),
            (false, true) => DecideOneWay(field, SyncSide.Integration, values, known, current),
            _ => FieldMerge.MoveBase,
        };
    }

    private static FieldMerge DecideTwoWay(
        CompiledField field, Sides<FieldValue> values, FieldBase known, FieldBase current)
    {
        foreach (var side in Sides.Both)
        {
            if (SaysNothing(field, side, values))
            {
                return SaysNothing(field, side.Opposite(), values) ? FieldMerge.MoveBase : From(side.Opposite());
            }
        }

        foreach (var side in Sides.Both)
        {
            if (WaitsToTravel(side, known, current))
            {
                return From(side);
            }
        }

        return FieldMerge.FirstConflict;
    }

    private static FieldMerge DecideOneWay(
        CompiledField field, SyncSide source, Sides<FieldValue> values, FieldBase known, FieldBase current)
    {
        var target = source.Opposite();
        if (known.IsKnown(source) && known.Of(target) == Fingerprint.None)
        {
            return IsEdited(source, values[source], known, current) ? From(source) : FieldMerge.Keep;
        }

        var isOnlyDefault = known.Of(source) == FieldBase.OwnDefault
            && (field.HasDefault(source) || ValueConversion.AreEquivalent(values[source], FieldValue.Blank))
            && !SaysNothing(field, target, values);
        return SaysNothing(field, source, values) || isOnlyDefault ? FieldMerge.KeepTarget : From(source);
    }

    private static bool IsEdited(SyncSide side, FieldValue value, FieldBase known, FieldBase current) =>
        current.Of(side) != known.Of(side)
        && !(known.Of(side) == 0 && ValueConversion.AreEquivalent(value, FieldValue.Blank));

    // The record of this side is the source of one that was created without the value. What that record has by itself
    // does not count.
    private static bool WaitsToTravel(SyncSide side, FieldBase known, FieldBase current)
    {
        var other = side.Opposite();
        return known.Of(side) == Fingerprint.None
            && (known.Of(other) == FieldBase.OwnDefault
                || (known.IsKnown(other) && known.Of(other) == current.Of(other)));
    }

    private static bool SaysNothing(CompiledField field, SyncSide side, Sides<FieldValue> values) =>
        BlankRules.SaysNothing(field, side, values[side]);

    private static FieldMerge From(SyncSide source) =>
        source == SyncSide.Local ? FieldMerge.Send : FieldMerge.Fetch;
}
