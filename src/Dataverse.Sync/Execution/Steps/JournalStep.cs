namespace Dataverse.Sync.Execution;

/// <summary>Step 5: fixes the ids of new records and stores an intent for every write of the page before any of them leaves the machine.</summary>
internal sealed class JournalStep(MappingRunContext run, RuleRunner rules)
{
    private readonly ConflictFactory conflicts = new(run);

    public async Task JournalAsync(IReadOnlyList<PairWork> works, CancellationToken cancellationToken)
    {
        var draft = new CommitDraft();
        foreach (var work in works)
        {
            await PrepareAsync(work, cancellationToken).ConfigureAwait(false);
            foreach (var target in Sides.Both)
            {
                if (work.OperationOn(target) is { } operation)
                {
                    var intent = IntentOf(work, target, operation);
                    work.Add(intent);
                    draft.Intents.Add(intent);
                }
            }

            // The value that is about to be overwritten is stored first: after a crash nobody could tell what it was.
            draft.Conflicts.AddRange(conflicts.BeforeWrite(work));
        }

        await run.CommitAsync(draft, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask PrepareAsync(PairWork work, CancellationToken cancellationToken)
    {
        foreach (var target in Sides.Both)
        {
            work.SetOperation(target, OperationFor(work, target));
        }

        foreach (var target in Sides.Both)
        {
            if (work.OperationOn(target) is not null && await rules.BeforeWriteAsync(work, target, cancellationToken).ConfigureAwait(false) is { } refusal)
            {
                work.Plan = refusal;
                work.SetOperation(SyncSide.Local, null);
                work.SetOperation(SyncSide.Integration, null);
                return;
            }
        }
    }

    private WriteOperation? OperationFor(PairWork work, SyncSide target)
    {
        var plan = work.Plan!;
        if (plan.Outcome is PlanOutcome.Failed or PlanOutcome.Skipped)
        {
            return null;
        }

        var isInsert = plan.Outcome == PlanOutcome.Inserted && target == work.Source.Opposite();
        return isInsert ? InsertOf(work, target) : plan.WritesTo(target).Count > 0 ? UpdateOf(work, target) : null;
    }

    private WriteOperation InsertOf(PairWork work, SyncSide target)
    {
        var keepsIds = run.Mapping.Schema(target).KeepsChosenIds;
        var id = keepsIds ? run.Memory.ReservedFor(work.Key)?.TargetId ?? run.NewId() : Guid.Empty;
        return new() { Kind = WriteKind.Insert, Id = id, Fields = work.Plan!.WritesTo(target) };
    }

    private static WriteOperation UpdateOf(PairWork work, SyncSide target) => new()
    {
        Kind = WriteKind.Update,
        Id = work.On(target)!.Id,
        ExpectedVersion = work.On(target)!.Version,
        Fields = work.Plan!.WritesTo(target),
    };

    // The repetition of an insert whose fate is unknown speaks of the same record as the first, which stays in the journal: if the two differ,
    // the record may hold what the first one sent, and what was edited since must count as an edit.
    private Intent? ReservedIntent(PairWork work, WriteOperation operation) =>
        operation.Kind == WriteKind.Insert && run.Memory.ReservedFor(work.Key) is { } reserved && reserved.TargetId == operation.Id ? reserved : null;

    private Intent IntentOf(PairWork work, SyncSide target, WriteOperation operation)
    {
        if (ReservedIntent(work, operation) is { } reserved)
        {
            return reserved;
        }

        var isInsert = operation.Kind == WriteKind.Insert;
        var key = isInsert && run.Mapping.Schema(target).BusinessKeyField is { } field ? operation.Fields.ValueOf(field) : null;
        return new()
        {
            Id = run.NewId(),
            Target = target,
            Kind = operation.Kind,
            TargetId = operation.Id,
            SourceId = work.On(target.Opposite())!.Id,
            JournaledOn = run.Now,
            Outcome = BaseAfterWrite.ComputeJournaled(run.Mapping, work, target),
            BusinessKey = key is { IsBlank: false } given ? given.ToString() : null,
        };
    }
}
