namespace Dataverse.Sync.Execution;

/// <summary>Step 7: stores couplings, bases, failures, and conflicts of a page and removes its intents, in one transaction; then counts.</summary>
internal sealed class CommitStep(MappingRunContext run, SuspectedDeletions suspects)
{
    private readonly FailureFactory failures = new(run);
    private readonly ConflictFactory conflicts = new(run);

    public async Task CommitAsync(IReadOnlyList<PairWork> works, CancellationToken cancellationToken)
    {
        var draft = new CommitDraft();
        foreach (var work in works)
        {
            Take(work, draft);
        }

        if (!draft.IsEmpty)
        {
            // A started commit is finished whatever happens: the writes it speaks of are done.
            var commit = draft.ToCommit(run.Lease.Current);
            await run.Store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
            run.Memory.Apply(commit);
        }

        await run.Job.FlushErrorsAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Take(PairWork work, CommitDraft draft)
    {
        var unsettled = Sides.Both.Where(side => work.ResultOn(side) is { Status: WriteStatus.Unknown }).ToList();
        draft.SettledIntents.AddRange(work.Intents.Where(intent => !unsettled.Contains(intent.Target) || !ReferenceEquals(intent, LastIntent(work, intent.Target))).Select(intent => intent.Id));
        if (unsettled.Count == 0 && run.Memory.ReservedFor(work.Key) is { } reserved)
        {
            draft.SettledIntents.Add(reserved.Id);
            run.Memory.Release(work.Key);
        }

        if (ErrorOf(work) is { } error)
        {
            TakeFailure(work, error, draft);
        }
        else if (work.Plan!.Outcome == PlanOutcome.Skipped)
        {
            run.Job.AddError(work.Key, work.Plan.Error!);
            ClearFailure(work, draft);
            Count(work, PlanOutcome.Skipped, draft);
        }
        else
        {
            TakeSuccess(work, draft);
        }
    }

    private void TakeFailure(PairWork work, SyncError error, CommitDraft draft)
    {
        run.Job.AddError(work.Key, error);
        draft.Failures.Add(failures.Create(work, error));
        var applied = Sides.Both.Where(side => work.ResultOn(side) is { Status: WriteStatus.Applied }).ToList();
        var moved = applied.Count == 1 ? BaseAfterWrite.ComputePartly(run.Mapping, work, applied[0]) : work.Base;
        if (work.Coupling is not null && (work.IsNewlyCoupled || !ReferenceEquals(moved, work.Coupling.Base)))
        {
            // A matched pair stays coupled although its fields could not travel, or the other pass would create the partner again.
            draft.Couplings.Add(work.Coupling with { Base = moved, LocalVersion = 0, IntegrationVersion = 0 });
        }

        Count(work, PlanOutcome.Failed, draft);
    }

    private void TakeSuccess(PairWork work, CommitDraft draft)
    {
        var plan = work.Plan!;
        var coupling = CouplingAfter(work, plan);
        if (IsWorthSaving(work, coupling))
        {
            draft.Couplings.Add(coupling);
        }

        if (work.Restores is { } replaced)
        {
            draft.UncoupledLocalIds.Add(replaced.LocalId);
        }

        draft.Conflicts.AddRange(conflicts.Create(work, coupling));
        ClearFailure(work, draft);
        var outcome = plan.Outcome == PlanOutcome.Unchanged && work.WroteBefore ? PlanOutcome.Modified : plan.Outcome;
        var isKnownAlready = (outcome is PlanOutcome.Unchanged or PlanOutcome.Conflicted || run.Preview is not null) && !run.DecidedPairs.Add(coupling.LocalId);
        if (!isKnownAlready)
        {
            Count(work, outcome, draft);
        }
    }

    private Coupling CouplingAfter(PairWork work, PairPlan plan)
    {
        var hasWritten = work.LocalOperation is not null || work.IntegrationOperation is not null;
        var next = hasWritten ? BaseAfterWrite.Compute(run.Mapping, work) : plan.NextBase ?? work.Base;
        return new()
        {
            LocalId = IdAfter(work, SyncSide.Local),
            IntegrationId = IdAfter(work, SyncSide.Integration),
            Base = next,
            LocalVersion = next is null ? 0 : VersionAfter(work, SyncSide.Local, next),
            IntegrationVersion = next is null ? 0 : VersionAfter(work, SyncSide.Integration, next),
            SynchronizedOn = next is null ? work.Coupling?.SynchronizedOn : run.Now,
        };
    }

    private static Guid IdAfter(PairWork work, SyncSide side) => work.Coupling?.IdOf(side) ?? work.On(side)?.Id ?? work.ResultOn(side)!.Id;

    private ulong VersionAfter(PairWork work, SyncSide side, SynchronizedBase? next)
    {
        if (work.OperationOn(side) is null)
        {
            return Fingerprint.OfVersion(work.On(side)?.Version);
        }

        // Without the record in the answer nobody knows what the system made of the write; the next feed will tell.
        var result = work.ResultOn(side)!;
        return result.Record is { } record && !BaseAfterWrite.Differs(run.Mapping, side, record, next) ? Fingerprint.OfVersion(result.Version) : 0;
    }

    private static bool IsWorthSaving(PairWork work, Coupling after) => work.Coupling is not { } before
        || work.IsNewlyCoupled
        || !ReferenceEquals(before.Base, after.Base)
        || before.LocalVersion != after.LocalVersion
        || before.IntegrationVersion != after.IntegrationVersion;

    private void ClearFailure(PairWork work, CommitDraft draft)
    {
        foreach (var key in KeysOf(work))
        {
            if (run.Memory.FailureOf(key) is not null)
            {
                draft.ClearedFailures.Add(key);
            }
        }
    }

    private static IEnumerable<RecordKey> KeysOf(PairWork work) =>
        Sides.Both.Where(side => work.On(side) is not null).Select(side => new RecordKey(side, work.On(side)!.Id));

    private void Count(PairWork work, PlanOutcome outcome, CommitDraft draft)
    {
        run.Job.Count(outcome);
        if (work.IsNewlyCoupled && draft.Couplings.Count > 0 && draft.Couplings[^1].LocalId == work.Coupling!.LocalId)
        {
            run.Job.CountCoupled();
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

                return ErrorOf(result);
            }
        }

        return null;
    }

    private static SyncError ErrorOf(WriteResult result) => result.Error ?? result.Status switch
    {
        WriteStatus.VersionMismatch => new(SyncErrorCodes.KeptChanging, "The record kept changing while it was being written."),
        WriteStatus.AlreadyExists => new(SyncErrorCodes.AlreadyExists, "A record with the same key exists on the other side."),
        WriteStatus.NotFound => new(SyncErrorCodes.NotFound, "The record to write to no longer exists."),
        WriteStatus.Unknown => new(SyncErrorCodes.OutcomeUnknown, "The answer to the write was lost; the next run finds out."),
        _ => new(SyncErrorCodes.Transient, "The write was refused for a passing reason."),
    };

    private static Intent? LastIntent(PairWork work, SyncSide target) => work.Intents.FindLast(intent => intent.Target == target);
}
