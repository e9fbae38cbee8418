namespace Dataverse.Sync.Execution;

/// <summary>Carries out what was decided about deleted records: uncouples, deletes, restores, or records.</summary>
internal sealed class DeletionExecutor(MappingRunContext run, PageReconciler reconciler)
{
    private const int PageSize = 500;

    private readonly FailureFactory failures = new(run);
    private readonly ConflictFactory conflicts = new(run);

    public async Task ExecuteAsync(IReadOnlyList<DeletionWork> works, CancellationToken cancellationToken)
    {
        foreach (var page in works.Chunk(PageSize))
        {
            var draft = new CommitDraft();
            await DeleteAsync(Of(page, DeletionAction.DeleteSurvivor), draft, cancellationToken).ConfigureAwait(false);
            Uncouple(Of(page, DeletionAction.RemoveCoupling), PlanOutcome.Uncoupled, draft);
            Report(Of(page, DeletionAction.Report), draft);
            RecordConflicts(Of(page, DeletionAction.RecordConflict), draft);
            await run.CommitAsync(draft, CancellationToken.None).ConfigureAwait(false);
            await RestoreAsync(Of(page, DeletionAction.Restore), cancellationToken).ConfigureAwait(false);
        }
    }

    private static List<DeletionWork> Of(IEnumerable<DeletionWork> works, DeletionAction action) => [.. works.Where(work => work.Action == action)];

    private async Task DeleteAsync(List<DeletionWork> works, CommitDraft draft, CancellationToken cancellationToken)
    {
        foreach (var group in works.GroupBy(work => work.SurvivingSide))
        {
            var deleting = group.ToList();
            var operations = deleting.ConvertAll(work => new WriteOperation { Kind = WriteKind.Delete, Id = work.Survivor!.Id, ExpectedVersion = work.Survivor.Version });
            var intents = deleting.ConvertAll(work => IntentOf(work));
            await run.Store.CommitAsync(new() { Lease = run.Lease.Current, Intents = intents }, cancellationToken).ConfigureAwait(false);
            var results = await run.WriteAsync(group.Key, operations, cancellationToken).ConfigureAwait(false);
            for (var index = 0; index < deleting.Count; index++)
            {
                TakeDeletion(deleting[index], results[index], draft);
            }

            draft.RemovedIntents.AddRange(intents.Where((_, index) => results[index].Status != WriteStatus.Unknown).Select(intent => intent.Id));
        }
    }

    private Intent IntentOf(DeletionWork work) => new()
    {
        Id = run.NewId(),
        Target = work.SurvivingSide,
        Kind = WriteKind.Delete,
        TargetId = work.Survivor!.Id,
        SourceId = work.Coupling.IdOf(work.DeletedSide),
        JournaledOn = run.Now,
    };

    private void TakeDeletion(DeletionWork work, WriteResult result, CommitDraft draft)
    {
        if (result.Status is WriteStatus.Applied or WriteStatus.NotFound)
        {
            draft.Conflicts.AddRange(conflicts.SettleDeletion(work.Coupling.LocalId, winner: work.DeletedSide));
            Uncouple([work], PlanOutcome.Deleted, draft);
            return;
        }

        work.Error = WriteErrors.Of(result);
        Report([work], draft);
    }

    private void Uncouple(List<DeletionWork> works, PlanOutcome outcome, CommitDraft draft)
    {
        foreach (var work in works)
        {
            draft.UncoupledLocalIds.Add(work.Coupling.LocalId);
            ClearFailures(work, draft);
            run.Job.Count(outcome);
        }
    }

    private void ClearFailures(DeletionWork work, CommitDraft draft) =>
        draft.ClearedFailures.AddRange(Sides.Both.Select(side => new RecordKey(side, work.Coupling.IdOf(side))).Where(key => run.Memory.FailureOf(key) is not null));

    private void Report(List<DeletionWork> works, CommitDraft draft)
    {
        foreach (var work in works)
        {
            var error = work.Error ?? new SyncError(SyncErrorCodes.CoupledRecordDeleted, $"The record's partner on the {(work.DeletedSide == SyncSide.Local ? "local" : "integration")} side was deleted. Restore it, remove the coupling, or delete the survivor.");
            run.Job.AddError(work.SurvivorKey, error);
            draft.Failures.Add(failures.Create(work.SurvivorKey, error, work.Survivor?.Version));
            run.Job.Count(PlanOutcome.Failed);
        }
    }

    private void RecordConflicts(List<DeletionWork> works, CommitDraft draft)
    {
        foreach (var work in works)
        {
            draft.Conflicts.AddRange(conflicts.OpenDeletion(work.Coupling, work.DeletedSide));
            ClearFailures(work, draft);
            run.Job.Count(PlanOutcome.Conflicted);
        }
    }

    // The survivor travels the way of an uncoupled record; its old coupling gives way to the new one in the commit that stores it.
    private async Task RestoreAsync(List<DeletionWork> works, CancellationToken cancellationToken)
    {
        foreach (var group in works.GroupBy(work => work.SurvivingSide))
        {
            var pairs = group.Select(work => new PairWork(group.Key, work.Survivor!, null) { Restores = work.Coupling }).ToList();
            await reconciler.ReconcileAsync(pairs, cancellationToken).ConfigureAwait(false);
        }
    }
}
