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
    Commits commits,
    ILogger logger)
{
    public async Task RunAsync(MappingState state, CancellationToken cancellationToken)
    {
        var intents = await couplings.ListIntentsAsync(cancellationToken).ConfigureAwait(false);
        if (intents.Count == 0)
        {
            return;
        }

        logger.RecoveringJournal(settings.Mapping.Name, intents.Count);
        var unit = commits.Begin();
        var adoption = new InsertAdoption(settings, tables, couplings, uncertain, unit);
        await RecoverByIdAsync(intents, adoption, unit, cancellationToken).ConfigureAwait(false);

        // Content comes second: a record that is coupled by then was not created by the remaining inserts.
        await RecoverByContentAsync(intents, state, adoption, unit, cancellationToken).ConfigureAwait(false);
        await SuspectMissingSourcesAsync(adoption.Sources, cancellationToken).ConfigureAwait(false);
        adoption.Sources.AddRange(await observers.RunAsync(intents, unit, cancellationToken).ConfigureAwait(false));
        await unit.CommitAsync(cancellationToken).ConfigureAwait(false);
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
        var byContent = new RecoveryByContent(settings, tables, couplings, failures, likeness, adoption, unit);
        foreach (var group in intents.Where(intent => intent.TargetId == Guid.Empty).GroupBy(intent => intent.Target))
        {
            await byContent.RecoverAsync(group.Key, [.. group], state, cancellationToken).ConfigureAwait(false);
        }
    }

    // The deletion of a source may have been reported before the source was coupled, when it concerned no pair.
    private async Task SuspectMissingSourcesAsync(IReadOnlyList<RecordKey> sources, CancellationToken cancellationToken)
    {
        foreach (var group in sources.GroupBy(source => source.Side, source => source.Id))
        {
            var ids = group.Distinct().ToList();
            var present = await tables.ReadAsync(group.Key, ids, cancellationToken).ConfigureAwait(false);
            foreach (var id in ids.Where(id => !present.ContainsKey(id)))
            {
                suspects.Add(group.Key, id, isReported: false);
            }
        }
    }
}
