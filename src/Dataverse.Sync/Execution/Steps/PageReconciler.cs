namespace Dataverse.Sync.Execution;

/// <summary>The way of a page of pairs through planning, journal, writing, and commit, with another round for those that changed meanwhile.</summary>
internal sealed class PageReconciler(MappingRunContext run, PlanStep planning, JournalStep journal, WriteStep writing, CommitStep committing, SuspectedDeletions suspects)
{
    private const int MaximumRounds = 4;

    public async Task ReconcileAsync(IReadOnlyList<PairWork> works, CancellationToken cancellationToken)
    {
        if (works.Count == 0)
        {
            return;
        }

        var open = works;
        for (var round = 1; open.Count > 0; round++)
        {
            await planning.PlanAsync(open, cancellationToken).ConfigureAwait(false);
            await journal.JournalAsync(open, cancellationToken).ConfigureAwait(false);
            await writing.WriteAsync(open, cancellationToken).ConfigureAwait(false);
            open = round < MaximumRounds ? await PrepareNextRoundAsync(open, cancellationToken).ConfigureAwait(false) : [];
        }

        // The writes are done; storing that they are must not be cut short by a cancellation that comes now.
        await committing.CommitAsync(works, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<List<PairWork>> PrepareNextRoundAsync(IReadOnlyList<PairWork> works, CancellationToken cancellationToken)
    {
        var again = works.Where(NeedsAnotherRound).ToList();
        foreach (var work in again)
        {
            KeepWhatWasApplied(work);
        }

        foreach (var side in again.Count == 0 ? [] : Sides.Both)
        {
            await ReadAgainAsync(side, again, cancellationToken).ConfigureAwait(false);
        }

        return again.FindAll(HasBothRecords);
    }

    private bool NeedsAnotherRound(PairWork work) => Sides.Both.Any(side => work.ResultOn(side)?.Status switch
    {
        WriteStatus.VersionMismatch => work.Coupling is not null,
        WriteStatus.AlreadyExists => run.Memory.ReservedFor(work.Key) is { } reserved && reserved.TargetId == work.OperationOn(side)!.Id,
        _ => false,
    });

    private void KeepWhatWasApplied(PairWork work)
    {
        var applied = Sides.Both.Where(side => work.ResultOn(side) is { Status: WriteStatus.Applied }).ToList();
        if (applied.Count == 1)
        {
            work.KeepDecided(ConflictFactory.CarriedOut(work));
            work.Base = BaseAfterWrite.ComputePartly(run.Mapping, work, applied[0]);
            work.WroteBefore = true;
        }

        if (work.Coupling is null && run.Memory.ReservedFor(work.Key) is { } landed)
        {
            // The insert of an earlier run has landed after all, under the id that was reserved for it.
            work.Coupling = Coupling.Between(work.Source, landed.SourceId, landed.TargetId);
            work.Base = landed.Outcome;
        }
    }

    private async Task ReadAgainAsync(SyncSide side, List<PairWork> works, CancellationToken cancellationToken)
    {
        var records = await run.ReadAsync(side, [.. works.Select(work => work.Coupling!.IdOf(side))], cancellationToken).ConfigureAwait(false);
        foreach (var work in works)
        {
            work.Refresh(side, records.GetValueOrDefault(work.Coupling!.IdOf(side)));
        }
    }

    private bool HasBothRecords(PairWork work)
    {
        foreach (var side in Sides.Both)
        {
            if (work.On(side) is null || work.IsGone(side))
            {
                suspects.Add(side, work.Coupling!.IdOf(side), isReported: false);
                return false;
            }
        }

        work.Plan = null;
        return true;
    }
}
