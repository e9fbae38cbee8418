namespace Dataverse.Sync.Execution;

/// <summary>Recovers writes to records with known ids: inserts with a chosen id, updates, and deletions.</summary>
internal sealed class RecoveryById(
    RunSettings settings,
    MappingTables tables,
    MappingCouplings couplings,
    UncertainInserts uncertain,
    SuspectedDeletions suspects,
    InsertAdoption adoption,
    UpdateRecovery updates,
    UnitOfWork unit)
{
    public async Task RecoverAsync(SyncSide side, IReadOnlyList<Intent> intents, CancellationToken cancellationToken)
    {
        var ids = intents.Select(intent => intent.TargetId).Distinct().ToList();
        var records = await tables.ReadAsync(side, ids, cancellationToken).ConfigureAwait(false);
        var coupled = await couplings.FindAsync(side, ids, cancellationToken).ConfigureAwait(false);
        var missing = intents.Where(intent =>
            intent.Kind == WriteKind.Insert && adoption.IsWindowOver(intent)
            && !records.ContainsKey(intent.TargetId) && !coupled.ContainsKey(intent.TargetId)).ToList();
        var wanted = await FindWantedAsync(side.Opposite(), missing, cancellationToken).ConfigureAwait(false);
        foreach (var intent in intents)
        {
            var record = records.GetValueOrDefault(intent.TargetId);
            var coupling = coupled.GetValueOrDefault(intent.TargetId);
            switch (intent.Kind)
            {
                case WriteKind.Insert:
                    await RecoverInsertAsync(intent, record, coupling, wanted.Contains(intent.Id), cancellationToken)
                        .ConfigureAwait(false);
                    break;
                case WriteKind.Update:
                    updates.Recover(intent, record, coupling);
                    break;
                default:
                    RecoverDeletion(intent, record, coupling);
                    break;
            }
        }
    }

    private async Task RecoverInsertAsync(
        Intent intent, TableRecord? record, Coupling? coupling, bool isWanted, CancellationToken cancellationToken)
    {
        var facts = new InsertFacts
        {
            HasChosenId = true,
            IsCoupled = coupling is not null,
            HasFitting = record is not null,
            IsWindowOver = adoption.IsWindowOver(intent),
            IsWanted = isWanted,
            IsSourceCoupled = record is not null && coupling is null
                && await adoption.IsSourceCoupledAsync(intent, cancellationToken).ConfigureAwait(false),
        };
        switch (RecoveryRules.Decide(facts))
        {
            case RecoveryAction.Adopt:
                await adoption.AdoptAsync(intent, record!, cancellationToken).ConfigureAwait(false);
                break;
            case RecoveryAction.AskPerson:
                unit.Complete(intent);
                adoption.LeaveRecord(intent.Target, record!);
                break;
            case RecoveryAction.Repeat:
                uncertain.Reserve(intent);
                break;
            default:
                unit.Complete(intent);
                break;
        }
    }

    // An insert is not repeated if its source is gone, fails the filter, is coupled, or is no longer to be restored.
    private async Task<HashSet<Guid>> FindWantedAsync(
        SyncSide sourceSide, List<Intent> missing, CancellationToken cancellationToken)
    {
        var wanted = new HashSet<Guid>();
        if (missing.Count == 0)
        {
            return wanted;
        }

        var ids = missing.Select(intent => intent.SourceId).Distinct().ToList();
        var sources = await tables.ReadAsync(sourceSide, ids, cancellationToken).ConfigureAwait(false);
        foreach (var intent in missing)
        {
            if (sources.TryGetValue(intent.SourceId, out var source) && !settings.Mapping.Excludes(sourceSide, source)
                && await adoption.IsPartnerWantedAsync(intent, cancellationToken).ConfigureAwait(false))
            {
                _ = wanted.Add(intent.Id);
            }
        }

        return wanted;
    }

    // The absence of the record from the response proves nothing. The deletion stage finds out whether it is gone.
    private void RecoverDeletion(Intent intent, TableRecord? record, Coupling? coupling)
    {
        unit.Complete(intent);
        if (record is null && coupling is not null)
        {
            suspects.Add(intent.Target, intent.TargetId, isReported: false);
        }
    }
}
