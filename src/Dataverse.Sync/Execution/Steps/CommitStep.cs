namespace Dataverse.Sync.Execution;

/// <summary>Step 7: stores couplings, bases, failures, and conflicts of a page and removes its intents, in one transaction; then counts.</summary>
internal sealed class CommitStep(MappingRunContext run, SuspectedDeletions suspects)
{
    private readonly FailureFactory failures = new(run);
    private readonly ConflictFactory conflicts = new(run);
    private readonly CouplingFactory couplings = new(run);
    private readonly PairCounter counter = new(run);

    public async Task CommitAsync(IReadOnlyList<PairWork> works, CancellationToken cancellationToken)
    {
        var draft = new CommitDraft();
        foreach (var work in works)
        {
            Take(work, draft);
        }

        await run.CommitAsync(draft, cancellationToken).ConfigureAwait(false);
        foreach (var work in works)
        {
            NoteDecided(work);
        }

        await run.Job.FlushErrorsAsync(cancellationToken).ConfigureAwait(false);
    }

    // The other side's feed may bring the partner in the very state that was merged here.
    private void NoteDecided(PairWork work)
    {
        var other = work.Source.Opposite();
        var partner = work.On(other)?.Id ?? work.ResultOn(other)?.Id ?? Guid.Empty;
        if (partner != Guid.Empty)
        {
            run.Memory.NoteDecided(new(other, partner), work.On(other)?.Version);
        }

        if (work.Coupling is not null || work.ResultOn(other) is { Status: WriteStatus.Applied })
        {
            run.Memory.Release(work.Key);
        }
    }

    private void Take(PairWork work, CommitDraft draft)
    {
        SettleIntents(work, draft);
        if (ErrorOf(work) is { } error)
        {
            TakeFailure(work, error, draft);
        }
        else if (work.Plan!.Outcome == PlanOutcome.Skipped)
        {
            run.Job.AddError(work.Key, work.Plan.Error!);
            if (run.Kind != SyncJobKind.Coupling)
            {
                ClearFailure(work, draft);
            }

            counter.Count(work, PlanOutcome.Skipped, draft);
        }
        else
        {
            TakeSuccess(work, draft);
        }
    }

    // An insert that may still be under way stays in the journal: one whose answer was lost, and one that was repeated in vain.
    private void SettleIntents(PairWork work, CommitDraft draft)
    {
        var reserved = run.Memory.ReservedFor(work.Key);
        for (var index = 0; index < work.Intents.Count; index++)
        {
            SettleIntent(work, work.Intents[index], reserved, draft);
        }

        if (work.Adopts is { } adopted)
        {
            SettleIntent(work, adopted, reserved, draft);
        }
    }

    private void SettleIntent(PairWork work, Intent intent, Intent? reserved, CommitDraft draft)
    {
        var status = work.ResultOn(intent.Target)?.Status;
        var isLost = status == WriteStatus.Unknown && ReferenceEquals(intent, LastIntent(work, intent.Target));
        if (!isLost && (intent.Id != reserved?.Id || status == WriteStatus.Applied || work.Coupling is not null))
        {
            draft.RemovedIntents.Add(intent.Id);
        }
        else if (intent.Kind == WriteKind.Insert && intent.Id != reserved?.Id)
        {
            run.LostInserts.Add(intent);
        }
    }

    private void TakeFailure(PairWork work, SyncError error, CommitDraft draft)
    {
        run.Job.AddError(work.Key, error);
        draft.Failures.Add(failures.Create(work, error));
        var applied = work.OnlyAppliedSide;
        var moved = applied is { } side ? BaseAfterWrite.ComputePartly(run.Mapping, work, side) : work.Base;
        if (work.Coupling is not null && (work.IsNewlyCoupled || !ReferenceEquals(moved, work.Coupling.Base)))
        {
            // A matched pair stays coupled although its fields could not travel, or the other pass would create the partner again.
            draft.Couplings.Add(work.Coupling with { Base = moved, LocalVersion = 0, IntegrationVersion = 0 });
            draft.Conflicts.AddRange(conflicts.AfterPart(work, applied is not null));
        }

        counter.Count(work, PlanOutcome.Failed, draft);
    }

    private void TakeSuccess(PairWork work, CommitDraft draft)
    {
        var coupling = couplings.Create(work);
        if (CouplingFactory.IsWorthSaving(work, coupling))
        {
            draft.Couplings.Add(coupling);
        }

        if (work.Restores is { } replaced)
        {
            draft.UncoupledLocalIds.Add(replaced.LocalId);
        }

        draft.Conflicts.AddRange(work.Restores is { } restored ? conflicts.SettleDeletion(restored.LocalId, winner: work.Source) : conflicts.Create(work, coupling));
        ClearFailure(work, draft);
        counter.Count(work, PairCounter.OutcomeOf(work), draft);
    }

    private void ClearFailure(PairWork work, CommitDraft draft)
    {
        foreach (var side in Sides.Both)
        {
            if (work.On(side) is { } record && run.Memory.FailureOf(new(side, record.Id)) is { } failure)
            {
                draft.ClearedFailures.Add(failure.Record);
            }
        }
    }

    private SyncError? ErrorOf(PairWork work)
    {
        if (work.Plan!.Outcome == PlanOutcome.Failed)
        {
            return work.Plan.Error;
        }

        foreach (var side in Sides.Both)
        {
            if (work.ResultOn(side) is { } result && result.Status != WriteStatus.Applied)
            {
                if (result.Status == WriteStatus.NotFound)
                {
                    suspects.Add(side, work.OperationOn(side)!.Id, isReported: false);
                }

                return WriteErrors.Of(result);
            }
        }

        return null;
    }

    private static Intent? LastIntent(PairWork work, SyncSide target) => work.Intents.LastOrDefault(intent => intent.Target == target);
}
