namespace Dataverse.Sync.Execution;

/// <summary>
/// Recovers inserts into a system that chooses the ids: adopts the one uncoupled record with the business key or
/// content that was sent.
/// </summary>
internal sealed class RecoveryByContent(
    RunSettings settings,
    MappingTables tables,
    MappingCouplings couplings,
    FailureLedger failures,
    InsertLikeness likeness,
    InsertAdoption adoption,
    UnitOfWork unit,
    Func<SyncSide, IEnumerable<Guid>, CancellationToken, Task<HashSet<Guid>>> prove)
{
    private static readonly TimeSpan LargestClockDifference = TimeSpan.FromDays(1);

    // Whether a response lacks a record that an insert may have created, so that nothing is discarded or repeated.
    private bool lacksCandidates;

    public async Task RecoverAsync(
        SyncSide side, IReadOnlyList<Intent> intents, MappingState state, CancellationToken cancellationToken)
    {
        var candidates = await ReadCandidatesAsync(side, state, cancellationToken).ConfigureAwait(false);
        if (intents.Any(intent => MayBeRepeated(intent, candidates)))
        {
            // A record that one read lacked would be created again, so a second read has to agree.
            var again = await ReadCandidatesAsync(side, state, cancellationToken).ConfigureAwait(false);
            candidates = [.. again.UnionBy(candidates, record => record.Id)];
        }

        foreach (var alike in intents.GroupBy(intent => (intent.Outcome, intent.BusinessKey)))
        {
            var group = alike.ToList();
            var fitting = candidates.FindAll(record => likeness.Fits(record, group[0]));
            if (fitting.Count > group.Count)
            {
                // It cannot be decided which of them the inserts created.
                LeaveToPerson(group, fitting);
                continue;
            }

            _ = candidates.RemoveAll(fitting.Contains);
            for (var index = 0; index < group.Count; index++)
            {
                var record = index < fitting.Count ? fitting[index] : null;
                await RecoverAsync(group[index], record, candidates, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private bool MayBeRepeated(Intent intent, List<TableRecord> candidates) => adoption.IsWindowOver(intent)
        && !candidates.Exists(record => likeness.Fits(record, intent) || likeness.Resembles(record, intent));

    private async Task RecoverAsync(
        Intent intent, TableRecord? fitting, List<TableRecord> candidates, CancellationToken cancellationToken)
    {
        var resembling = FindResembling(intent, candidates);
        var isOver = adoption.IsWindowOver(intent) && !lacksCandidates;
        var facts = new InsertFacts
        {
            HasFitting = fitting is not null,
            HasResembling = resembling.Count > 0,
            IsWindowOver = isOver,
            IsSourceCoupled = (fitting is not null || isOver)
                && await adoption.IsSourceCoupledAsync(intent, cancellationToken).ConfigureAwait(false),
        };
        switch (RecoveryRules.Decide(facts))
        {
            case RecoveryAction.Adopt:
                await adoption.AdoptAsync(intent, fitting!, cancellationToken).ConfigureAwait(false);
                break;
            case RecoveryAction.Hold:
                adoption.Hold(intent);
                break;
            case RecoveryAction.AskPerson when facts.IsSourceCoupled:
                unit.Complete(intent);
                adoption.LeaveRecord(intent.Target, fitting!);
                break;
            case RecoveryAction.AskPerson:
                LeaveToPerson([intent], resembling);
                break;
            default:
                Discard(intent, facts.IsSourceCoupled ? resembling : []);
                break;
        }
    }

    // Neither side may count as new, because each would get a second partner.
    private void LeaveToPerson(IReadOnlyList<Intent> intents, IReadOnlyList<TableRecord> records)
    {
        foreach (var intent in intents)
        {
            adoption.LeaveSource(intent);
        }

        foreach (var record in records)
        {
            adoption.LeaveRecord(intents[0].Target, record);
        }
    }

    // The source needs no partner. A resembling record may still result from the insert, so it does not count as new.
    private void Discard(Intent intent, IReadOnlyList<TableRecord> resembling)
    {
        unit.Complete(intent);
        foreach (var record in resembling)
        {
            adoption.LeaveRecord(intent.Target, record);
        }
    }

    // Records of other mappings, and such that were outside the filter before the insert, may share many of its values,
    // as a person shares the address of a company. A record that the insert created may have left the filter since.
    private List<TableRecord> FindResembling(Intent intent, List<TableRecord> candidates) =>
        candidates.FindAll(record => !settings.Mapping.IsSeparate(intent.Target, record)
            && (!settings.Mapping.Excludes(intent.Target, record) || MayBeNewerThan(intent, record))
            && likeness.Resembles(record, intent));

    private static bool MayBeNewerThan(Intent intent, TableRecord record) =>
        record.ModifiedOn is not { } modifiedOn || modifiedOn >= intent.JournaledOn - LargestClockDifference;

    private async Task<List<TableRecord>> ReadCandidatesAsync(
        SyncSide side, MappingState state, CancellationToken cancellationToken)
    {
        var candidates = new Dictionary<Guid, TableRecord>();
        var pages = tables.ReadChangesAsync(
            side, state.CheckpointOf(side), fields: null, isFiltered: false, cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            await AddUncoupledAsync(candidates, side, page.Records, cancellationToken).ConfigureAwait(false);
        }

        // A record left to a person because it resembles an uncertain insert may be before the checkpoint by now.
        var left = failures.All.Select(failure => failure.Record)
            .Where(record => record.Side == side && failures.IsUndecidable(record))
            .Select(record => record.Id).ToList();
        if (left.Count > 0)
        {
            var records = await tables.ReadAllAsync(side, left, cancellationToken).ConfigureAwait(false);
            await AddUncoupledAsync(candidates, side, [.. records.Values], cancellationToken).ConfigureAwait(false);
            lacksCandidates |= await LacksAnyAsync(side, left.FindAll(id => !records.ContainsKey(id)), cancellationToken)
                .ConfigureAwait(false);
        }

        foreach (var coupling in unit.Couplings)
        {
            _ = candidates.Remove(coupling.IdOf(side));
        }

        return [.. candidates.Values];
    }

    private async Task<bool> LacksAnyAsync(SyncSide side, List<Guid> missing, CancellationToken cancellationToken) =>
        missing.Count > 0
        && (await prove(side, missing, cancellationToken).ConfigureAwait(false)).Count < missing.Count;

    private async Task AddUncoupledAsync(
        Dictionary<Guid, TableRecord> candidates,
        SyncSide side,
        IReadOnlyList<TableRecord> records,
        CancellationToken cancellationToken)
    {
        var ids = records.Select(record => record.Id).ToList();
        var coupled = await couplings.FindAsync(side, ids, cancellationToken).ConfigureAwait(false);
        foreach (var record in records.Where(record => !coupled.ContainsKey(record.Id)))
        {
            candidates[record.Id] = record;
        }
    }
}
