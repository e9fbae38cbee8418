namespace Dataverse.Sync.Execution;

/// <summary>
/// Carries out the decisions about deleted records: uncouples, deletes, restores, or records a conflict.
/// </summary>
internal sealed class DeletionExecutor(
    MappingTables tables,
    RestoreExecutor restoring,
    SuccessionExecutor succession,
    RuleRunner rules,
    ConflictHistory history,
    RowClaims claims,
    CascadeAnnouncements cascades,
    Commits commits)
{
    private const int PageSize = 500;

    public async Task ExecuteAsync(IReadOnlyList<DeletionDecision> decisions, CancellationToken cancellationToken)
    {
        foreach (var page in decisions.Chunk(PageSize))
        {
            var unit = commits.Begin();
            await DeleteAsync(Of(page, DeletionAction.DeleteSurvivor), unit, cancellationToken).ConfigureAwait(false);
            await UncoupleAsync(Of(page, DeletionAction.RemoveCoupling), unit, cancellationToken).ConfigureAwait(false);

            foreach (var decision in Of(page, DeletionAction.Report))
            {
                Report(decision, decision.Error ?? PartnerErrors.Deleted(decision.Missing.Side), unit);
            }

            foreach (var decision in Of(page, DeletionAction.WaitForFilter))
            {
                Wait(decision, unit);
            }

            foreach (var decision in Of(page, DeletionAction.RecordConflict))
            {
                RecordConflict(decision, unit);
            }

            await unit.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            await succession.ExecuteAsync(Of(page, DeletionAction.TakeOver), cancellationToken)
                .ConfigureAwait(false);
            await restoring.ExecuteAsync(Of(page, DeletionAction.Restore), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static List<DeletionDecision> Of(IEnumerable<DeletionDecision> decisions, DeletionAction action) =>
        [.. decisions.Where(decision => decision.Action == action)];

    private async Task DeleteAsync(
        List<DeletionDecision> decisions, UnitOfWork unit, CancellationToken cancellationToken)
    {
        foreach (var group in decisions.GroupBy(decision => decision.Missing.SurvivingSide))
        {
            var deleting = await AskRulesAsync([.. group], unit, cancellationToken).ConfigureAwait(false);
            if (deleting.Count == 0)
            {
                continue;
            }

            var operations = deleting.ConvertAll(decision => DeletionOf(decision.Survivor!));
            var sendBefore = await commits.CoverWriteAsync(cancellationToken).ConfigureAwait(false);
            var intents = await JournalAsync(group.Key, deleting, operations, sendBefore, cancellationToken)
                .ConfigureAwait(false);
            _ = await commits.CoverWriteAsync(cancellationToken).ConfigureAwait(false);
            var results = await tables.WriteAsync(group.Key, operations, sendBefore, cancellationToken)
                .ConfigureAwait(false);
            for (var index = 0; index < deleting.Count; index++)
            {
                TakeDeletion(deleting[index], results[index], unit);
                cascades.Take(deleting[index], results[index], unit);
                if (results[index].Status != WriteStatus.Unknown)
                {
                    unit.Complete(intents[index]);
                }

                if (results[index].Status == WriteStatus.Applied)
                {
                    await TellRulesAsync(deleting[index], intents[index], results[index], unit, cancellationToken)
                        .ConfigureAwait(false);
                }
            }
        }
    }

    // A rule that refuses a deletion keeps the record and its coupling. The next scan finds the deletion again.
    private async Task<List<DeletionDecision>> AskRulesAsync(
        List<DeletionDecision> decisions, UnitOfWork unit, CancellationToken cancellationToken)
    {
        var allowed = new List<DeletionDecision>(decisions.Count);
        foreach (var decision in decisions)
        {
            var (survivor, target) = (decision.Survivor!, decision.Missing.SurvivingSide);
            var refusal = await rules.BeforeWriteAsync(target, DeletionOf(survivor), null, cancellationToken)
                .ConfigureAwait(false);
            if (refusal is null)
            {
                allowed.Add(decision);
            }
            else if (refusal.Outcome == PlanOutcome.Failed)
            {
                Report(decision, refusal.Error!, unit);
            }
            else
            {
                unit.Skip(decision.Missing.SurvivorKey, refusal.Error!);
                unit.Count(decision.Coupling, PlanOutcome.Skipped);
            }
        }

        return allowed;
    }

    private async ValueTask TellRulesAsync(
        DeletionDecision decision,
        Intent intent,
        WriteResult result,
        UnitOfWork unit,
        CancellationToken cancellationToken)
    {
        var operation = DeletionOf(decision.Survivor!);
        var error = await rules.AfterWriteAsync(intent.Target, operation, result, null, cancellationToken)
            .ConfigureAwait(false);
        if (error is not null)
        {
            unit.JournalAgain(intent, intent.TargetId);
            unit.Fail(intent.SourceKey(), new(error));
            unit.Recount(decision.Coupling, PlanOutcome.Failed);
        }
    }

    private static WriteOperation DeletionOf(TableRecord survivor) =>
        new() { Kind = WriteKind.Delete, Id = survivor.Id, ExpectedVersion = survivor.Version };

    private async Task<List<Intent>> JournalAsync(
        SyncSide target,
        List<DeletionDecision> decisions,
        List<WriteOperation> operations,
        DateTimeOffset sendBefore,
        CancellationToken cancellationToken)
    {
        var journal = commits.Begin();
        var intents = new List<Intent>(operations.Count);
        for (var index = 0; index < operations.Count; index++)
        {
            var sourceId = decisions[index].Coupling.IdOf(target.Opposite());
            intents.Add(journal.Journal(operations[index], target, sourceId, sendBefore));
            cascades.Announce(decisions[index], journal);
        }

        await journal.CommitAsync(cancellationToken).ConfigureAwait(false);
        return intents;
    }

    private void TakeDeletion(DeletionDecision decision, WriteResult result, UnitOfWork unit)
    {
        if (result.Status is WriteStatus.Applied or WriteStatus.NotFound)
        {
            unit.Record(history.ResolveDeletion(decision.Coupling.LocalId, winner: decision.Missing.Side));
            Uncouple(decision, PlanOutcome.Deleted, unit);
        }
        else
        {
            Report(decision, WriteErrors.Of(result), unit);
        }
    }

    // A row that nobody synchronizes any more belongs to nobody.
    private async Task UncoupleAsync(
        List<DeletionDecision> decisions, UnitOfWork unit, CancellationToken cancellationToken)
    {
        var rows = decisions
            .Where(decision => decision is { Survivor: not null, Missing.SurvivingSide: SyncSide.Integration })
            .Select(decision => decision.Survivor!).ToList();
        if (claims.CanRelease(rows))
        {
            _ = await commits.CoverWriteAsync(cancellationToken).ConfigureAwait(false);
        }

        var released = await claims.ReleaseAsync(rows, cancellationToken).ConfigureAwait(false);
        foreach (var decision in decisions)
        {
            Uncouple(decision, PlanOutcome.Uncoupled, unit);
            if (decision.Announced is { } announcement)
            {
                unit.Withdraw(announcement);
            }

            if (decision.Survivor is { } survivor)
            {
                if (released.Errors.TryGetValue(survivor.Id, out var error))
                {
                    unit.Skip(decision.Missing.SurvivorKey, error);
                }

                var version = Fingerprint.OfVersion(released.Versions.GetValueOrDefault(survivor.Id, survivor.Version));
                unit.Remember(decision.Coupling, decision.Missing.SurvivingSide, UncoupledPairs.ByDecision, version);
            }
        }
    }

    private static void Uncouple(DeletionDecision decision, PlanOutcome outcome, UnitOfWork unit)
    {
        unit.Uncouple(decision.Coupling.LocalId);
        if (outcome != PlanOutcome.Uncoupled || decision.Survivor?.Version is null)
        {
            unit.Clear(decision.Missing.SurvivorKey);
        }

        unit.Clear(decision.Missing.Key);
        unit.Count(decision.Coupling, outcome);
    }

    private static void Report(DeletionDecision decision, SyncError error, UnitOfWork unit)
    {
        unit.Clear(decision.Missing.Key);
        unit.Fail(decision.Missing.SurvivorKey, new(error, decision.Survivor?.Version));
        unit.Count(decision.Coupling, PlanOutcome.Failed);
    }

    private static void Wait(DeletionDecision decision, UnitOfWork unit)
    {
        var waiting = new RecordError(decision.Error!, decision.Survivor!.Version) { WaitsForFilter = true };
        unit.Clear(decision.Missing.Key);
        unit.Skip(decision.Missing.SurvivorKey, decision.Error!);
        unit.Await(decision.Missing.SurvivorKey, waiting);
        unit.Count(decision.Coupling, PlanOutcome.Skipped);
    }

    private void RecordConflict(DeletionDecision decision, UnitOfWork unit)
    {
        unit.Record(history.OpenDeletion(decision.Coupling, decision.Missing.Side, decision.Error?.Message));
        unit.Clear(decision.Coupling);
        if (decision.Error is { } reason)
        {
            unit.Skip(decision.Missing.SurvivorKey, reason);
        }

        unit.Count(decision.Coupling, PlanOutcome.Conflicted);
    }
}
