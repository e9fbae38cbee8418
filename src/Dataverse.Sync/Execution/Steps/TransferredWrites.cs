namespace Dataverse.Sync.Execution;

/// <summary>Takes the values over that rules left of a plan's writes.</summary>
internal static class TransferredWrites
{
    /// <summary>The plan with the writes that the rules want. What they took out stays as it is, and counts as synchronized so.</summary>
    public static PairPlan Apply(CompiledMapping mapping, PairWork work, PairPlan plan, SyncSide target, IReadOnlyList<FieldWrite> wanted)
    {
        var sent = wanted.Select(write => write.Field).ToHashSet(StringComparer.Ordinal);
        var removed = plan.WritesTo(target).Where(write => !sent.Contains(write.Field)).Select(write => write.Field).ToHashSet(StringComparer.Ordinal);
        var changed = plan.WithWrites(target, [.. wanted]);
        if (changed is { Outcome: PlanOutcome.Modified, LocalWrites.Count: 0, IntegrationWrites.Count: 0 })
        {
            changed = changed with { Outcome = PlanOutcome.Unchanged };
        }

        return removed.Count == 0 || plan.NextBase is not { } next ? changed : changed with { NextBase = Leave(mapping, work.On(target), next, target, removed) };
    }

    // A base that told of a value which was never written would make the target's own value look like an edit.
    private static SynchronizedBase Leave(CompiledMapping mapping, TableRecord? existing, SynchronizedBase next, SyncSide target, HashSet<string> removed)
    {
        var fingerprints = next.Of(target).ToArray();
        foreach (var field in mapping.Fields.Where(field => field.Reaches(target) && removed.Contains(field.On(target).Name)))
        {
            fingerprints[field.Index] = existing is null ? Fingerprint.Of(FieldValue.Blank) : Fingerprint.Of(mapping.ValueOf(field, target, existing));
        }

        return target == SyncSide.Local ? new(mapping.Shape, fingerprints, next.Integration) : new(mapping.Shape, next.Local, fingerprints);
    }
}
