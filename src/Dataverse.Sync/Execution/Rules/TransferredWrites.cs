namespace Dataverse.Sync.Execution;

/// <summary>Takes the values over that rules left of a plan's writes.</summary>
internal static class TransferredWrites
{
    /// <summary>The plan with the writes that the rules want. What they took out stays as it is, and counts as synchronized so.</summary>
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

    // A base that told of a value which was never written would make the target's own value look like an edit.
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
                var kept = existing is null ? FieldValue.Blank : mapping.View(target, existing)[field];
                adjusted.Set(field, target, Fingerprint.Of(after ?? kept));
            }
        }

        return adjusted.ToBase();
    }
}
