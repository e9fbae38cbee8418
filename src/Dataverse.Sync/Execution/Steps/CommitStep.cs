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

            Count(work, PlanOutcome.Skipped, draft);
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
        foreach (var intent in work.Adopts is { } adopted ? work.Intents.Append(adopted) : work.Intents)
        {
            var status = work.ResultOn(intent.Target)?.Status;
            var isLost = status == WriteStatus.Unknown && ReferenceEquals(intent, LastIntent(work, intent.Target));
            if (!isLost && (intent.Id != reserved?.Id || status == WriteStatus.Applied || work.Coupling is not null))
            {
                draft.SettledIntents.Add(intent.Id);
            }
            else if (intent.Kind == WriteKind.Insert && intent.Id != reserved?.Id)
            {
                run.LostInserts.Add(intent);
            }
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
        Count(work, OutcomeOf(work), draft);
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

    private static PlanOutcome OutcomeOf(PairWork work) => work.Plan!.Outcome switch
    {
        PlanOutcome.Unchanged or PlanOutcome.Modified when work.Adopts is not null => PlanOutcome.Inserted,
        PlanOutcome.Unchanged when work.WroteBefore => PlanOutcome.Modified,
        var outcome => outcome,
    };

    private void Count(PairWork work, PlanOutcome outcome, CommitDraft draft)
    {
        if (run.Memory.IsDecided(work.Key))
        {
            return;
        }

        run.Job.Count(outcome);
        run.Job.CountUnchanged(WasCountedAsUnchanged(work) ? -1 : 0);
        if (work.IsNewlyCoupled && work.Adopts is null && draft.Couplings.Count > 0 && draft.Couplings[^1].LocalId == work.Coupling!.LocalId)
        {
            run.Job.CountCoupled();
        }
    }

    // A full run meets every pair from both sides; the echo step has counted those whose local record was known.
    private bool WasCountedAsUnchanged(PairWork work) =>
        run.IsFull && work.Source == SyncSide.Integration && run.Mapping.Reads(SyncSide.Local)
        && work is { IsNewlyCoupled: false, Coupling.Base: { } stored, Local: { } local }
        && run.Mapping.Filter(SyncSide.Local)?.Matches(local) != false && !BaseAfterWrite.Differs(run.Mapping, SyncSide.Local, local, stored);

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

    private static Intent? LastIntent(PairWork work, SyncSide target) => work.Intents.FindLast(intent => intent.Target == target);
}
