namespace Dataverse.Sync.Execution;

/// <summary>
/// The decision table for a one-way field whose target cannot be read. An edit of the source is written; a value that
/// nobody can see is neither corrected nor, if it was never synchronized, cleared.
/// </summary>
internal static class UnreadableTargetRules
{
    /// <summary>Decides about a field whose source changed or was never synchronized.</summary>
    /// <param name="source">The side of the source.</param>
    /// <param name="value">The value of the source.</param>
    /// <param name="known">What was last synchronized.</param>
    public static FieldMerge Decide(SyncSide source, FieldValue value, FieldBase known)
    {
        var target = source.Opposite();
        var isEdit = known.IsKnown(source)
            || (known.Of(source) == Fingerprint.None && known.Of(target) == FieldBase.OwnDefault);
        if (!isEdit || (value.IsBlank && !known.IsKnown(target)))
        {
            // The base stays, so that the first merge decides once the target can be read.
            return FieldMerge.Keep;
        }

        return source == SyncSide.Local ? FieldMerge.Send : FieldMerge.Fetch;
    }
}
