namespace Dataverse.Sync.Execution;

/// <summary>Applies the changes that rules made to a plan's writes.</summary>
internal static class TransferredWrites
{
    /// <summary>
    /// Returns the plan with the writes that the rules want. A field that a rule removed is not written and counts as
    /// synchronized.
    /// </summary>
    public static PairPlan Apply(
        CompiledMapping mapping, Pair pair, PairPlan plan, SyncSide target, IReadOnlyList<FieldWrite> wanted)
    {
        var changed = plan.WithWrites(target, [.. wanted]);
        if (changed is { Outcome: PlanOutcome.Modified, LocalWrites.Count: 0, IntegrationWrites.Count: 0 })
        {
            changed = changed with { Outcome = PlanOutcome.Unchanged };
        }

        if (plan.NextBase is not { } next)
        {
            return changed;
        }

        var adjusted = Adjust(mapping, pair.On(target), next, target, plan.WritesTo(target), wanted);
        return changed with { NextBase = adjusted };
    }

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
