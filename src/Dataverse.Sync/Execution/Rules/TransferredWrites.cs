namespace Dataverse.Sync.Execution;

/// <summary>Applies the changes that rules made to a plan's writes.</summary>
internal static class TransferredWrites
{
    /// <summary>
    /// Returns the plan with the writes that the rules want. A field that a rule removed is not written and counts as
    /// synchronized. A value that the target contains already is not written.
    /// </summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="pair">The pair.</param>
    /// <param name="plan">The plan before the rules.</param>
    /// <param name="target">The side that is written.</param>
    /// <param name="wanted">The writes that the rules want.</param>
    /// <param name="present">More fields of the existing record than the mapping reads, or null.</param>
    public static PairPlan Apply(
        CompiledMapping mapping,
        Pair pair,
        PairPlan plan,
        SyncSide target,
        IReadOnlyList<FieldWrite> wanted,
        TableRecord? present)
    {
        var planned = plan.WritesTo(target);
        var existing = pair.On(target);
        var writes = plan.Writes.With(target, existing is null ? wanted : Differing(planned, wanted, existing, present));
        return plan with
        {
            Writes = writes,
            Outcome = plan.Outcome switch
            {
                PlanOutcome.Modified when writes.Local.Count + writes.Integration.Count == 0 => PlanOutcome.Unchanged,
                PlanOutcome.Unchanged when writes.Local.Count + writes.Integration.Count > 0 => PlanOutcome.Modified,
                var outcome => outcome,
            },
            NextBase = plan.NextBase is { } next ? Adjust(mapping, existing, next, target, planned, wanted) : null,
        };
    }

    private static List<FieldWrite> Differing(
        IReadOnlyList<FieldWrite> planned, IReadOnlyList<FieldWrite> wanted, TableRecord existing, TableRecord? present) =>
        [.. wanted.Where(write => planned.Contains(write) || !(Contains(existing, write) || Contains(present, write)))];

    private static bool Contains(TableRecord? record, FieldWrite write) =>
        record is not null
        && record.Layout.IndexOf(write.Field) >= 0
        && record[write.Field] is var present
        && (present == write.Value || Fingerprint.Of(present) == Fingerprint.Of(write.Value));

    // If the base contained a value that was never written, the target's own value would look like an edit.
    private static SynchronizedBase Adjust(
        CompiledMapping mapping,
        TableRecord? existing,
        SynchronizedBase next,
        SyncSide target,
        IReadOnlyList<FieldWrite> planned,
        IReadOnlyList<FieldWrite> wanted)
    {
        var adjusted = new BaseDraft(mapping, next);
        foreach (var field in mapping.Fields)
        {
            if (!field.Reaches(target))
            {
                continue;
            }

            var before = planned.ValueOf(field.On(target).Name);
            var after = wanted.ValueOf(field.On(target).Name);
            if (before != after)
            {
                var kept = existing is null ? FieldValue.Blank : mapping.View(target, existing).ReadableOf(field);
                var isUnknown = after is null && existing is not null && !field.CanRead(target);
                adjusted.Set(field, target, isUnknown ? Fingerprint.None : Fingerprint.Of(after ?? kept));
            }
        }

        return adjusted.ToBase();
    }
}
