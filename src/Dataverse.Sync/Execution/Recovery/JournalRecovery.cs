using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds out, at the start of a run, the outcome of the writes that an earlier run journaled but did not complete.
/// </summary>
internal sealed class JournalRecovery(
    RunSettings settings,
    MappingTables tables,
    MappingCouplings couplings,
    FailureLedger failures,
    ConflictLedger conflicts,
    ConflictHistory history,
    UncertainInserts uncertain,
    SuspectedDeletions suspects,
    AfterWriteRecovery observers,
    Func<SyncSide, IEnumerable<Guid>, CancellationToken, Task<HashSet<Guid>>> prove,
    Commits commits,
    ILogger logger)
{
    /// <summary>Recovers the journal.</summary>
    /// <returns>The records whose partners were adopted. They may have been edited since their inserts.</returns>
    public async Task<IReadOnlyList<RecordKey>> RunAsync(MappingState state, CancellationToken cancellationToken)
    {
        var intents = await couplings.ListIntentsAsync(cancellationToken).ConfigureAwait(false);
        if (intents.Count == 0)
        {
            return [];
        }

        logger.RecoveringJournal(settings.Mapping.Name, intents.Count);
        var unit = commits.Begin();
        var adoption = new InsertAdoption(settings, tables, couplings, failures, uncertain, unit);
        var uncertainWrites = intents.Where(intent => !intent.IsOnlyToBeTold()).ToList();
        await RecoverByIdAsync(uncertainWrites, adoption, unit, cancellationToken).ConfigureAwait(false);

        // Content comes second: a record that is coupled by then was not created by the remaining inserts.
        await RecoverByContentAsync(uncertainWrites, state, adoption, unit, cancellationToken).ConfigureAwait(false);
        foreach (var intent in intents.Where(intent => intent.IsOnlyToBeTold()))
        {
            unit.Complete(intent);
        }

        adoption.Sources.AddRange(await observers.RunAsync(intents, unit, cancellationToken).ConfigureAwait(false));
        await unit.CommitAsync(cancellationToken).ConfigureAwait(false);
        return adoption.Sources;
    }

    private async Task RecoverByIdAsync(
        IReadOnlyList<Intent> intents, InsertAdoption adoption, UnitOfWork unit, CancellationToken cancellationToken)
    {
        var updates = new UpdateRecovery(settings.Mapping, history, conflicts, unit);
        var byId = new RecoveryById(settings, tables, couplings, uncertain, suspects, adoption, updates, unit);
        foreach (var group in intents.Where(intent => intent.TargetId != Guid.Empty).GroupBy(intent => intent.Target))
        {
            await byId.RecoverAsync(group.Key, [.. group], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RecoverByContentAsync(
        IReadOnlyList<Intent> intents,
        MappingState state,
        InsertAdoption adoption,
        UnitOfWork unit,
        CancellationToken cancellationToken)
    {
        var likeness = new InsertLikeness(settings.Mapping);
        var byContent = new RecoveryByContent(settings, tables, couplings, failures, likeness, adoption, unit, prove);
        foreach (var group in intents.Where(intent => intent.TargetId == Guid.Empty).GroupBy(intent => intent.Target))
        {
            await byContent.RecoverAsync(group.Key, [.. group], state, cancellationToken).ConfigureAwait(false);
        }
    }
}
