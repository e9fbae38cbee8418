using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Execution;

/// <summary>Before anything else: finds out what became of the writes that an earlier run journaled and did not settle.</summary>
internal sealed class IntentSettlement
{
    private readonly MappingRunContext run;
    private readonly SuspectedDeletions suspects;
    private readonly CommitDraft draft = new();
    private readonly ConflictFactory conflicts;
    private readonly LostInsertAdoption adoption;
    private readonly ContentSettlement contents;

    public IntentSettlement(MappingRunContext run, SuspectedDeletions suspects, TimeSpan uncertainWriteWindow)
    {
        this.run = run;
        this.suspects = suspects;
        conflicts = new(run);
        adoption = new(run, draft, uncertainWriteWindow);
        contents = new(run, draft, adoption);
    }

    public async Task SettleAsync(MappingState state, CancellationToken cancellationToken)
    {
        var intents = await run.Store.ListIntentsAsync(run.Key, cancellationToken).ConfigureAwait(false);
        if (intents.Count == 0)
        {
            return;
        }

        run.Logger.SettlingIntents(run.Mapping.Name, intents.Count);
        foreach (var group in intents.Where(intent => intent.TargetId != Guid.Empty).GroupBy(intent => intent.Target))
        {
            await SettleByIdAsync(group.Key, [.. group], cancellationToken).ConfigureAwait(false);
        }

        // What is known by its id is settled first: a record that is coupled by then was not made by any of the others.
        foreach (var group in intents.Where(intent => intent.TargetId == Guid.Empty).GroupBy(intent => intent.Target))
        {
            await contents.SettleAsync(group.Key, [.. group], state, cancellationToken).ConfigureAwait(false);
        }

        await SuspectGoneSourcesAsync(cancellationToken).ConfigureAwait(false);
        await run.CommitAsync(draft, cancellationToken).ConfigureAwait(false);
    }

    // Its deletion may have been reported before the record had a coupling to which that meant anything.
    private async Task SuspectGoneSourcesAsync(CancellationToken cancellationToken)
    {
        foreach (var group in adoption.Sources.GroupBy(source => source.Side))
        {
            var ids = group.Select(source => source.Id).Distinct().ToList();
            var present = await run.ReadAsync(group.Key, ids, cancellationToken).ConfigureAwait(false);
            foreach (var id in ids.Where(id => !present.ContainsKey(id)))
            {
                suspects.Add(group.Key, id, isReported: false);
            }
        }
    }

    private async Task SettleByIdAsync(SyncSide side, List<Intent> intents, CancellationToken cancellationToken)
    {
        var ids = intents.Select(intent => intent.TargetId).Distinct().ToList();
        var records = await run.ReadAsync(side, ids, cancellationToken).ConfigureAwait(false);
        var couplings = (await run.Store.FindAsync(run.Key, side, ids, cancellationToken).ConfigureAwait(false)).ToDictionary(coupling => coupling.IdOf(side));
        var unmade = intents.FindAll(intent => intent.Kind == WriteKind.Insert && adoption.IsOver(intent) && !records.ContainsKey(intent.TargetId) && !couplings.ContainsKey(intent.TargetId));
        var pointless = await FindPointlessAsync(side.Opposite(), unmade, cancellationToken).ConfigureAwait(false);
        foreach (var intent in intents)
        {
            var record = records.GetValueOrDefault(intent.TargetId);
            var coupling = couplings.GetValueOrDefault(intent.TargetId);
            switch (intent.Kind)
            {
                case WriteKind.Insert:
                    await SettleInsertAsync(intent, record, coupling, pointless.Contains(intent.Id), cancellationToken).ConfigureAwait(false);
                    break;
                case WriteKind.Update:
                    SettleUpdate(intent, record, coupling);
                    break;
                default:
                    SettleDeletion(intent, record, coupling);
                    break;
            }
        }
    }

    // The inserts whose source is gone, has left the mapping, was coupled by a person, or is not to be restored any more: nobody will repeat them.
    private async Task<HashSet<Guid>> FindPointlessAsync(SyncSide sourceSide, List<Intent> unmade, CancellationToken cancellationToken)
    {
        if (unmade.Count == 0)
        {
            return [];
        }

        var sources = await run.ReadAsync(sourceSide, [.. unmade.Select(intent => intent.SourceId).Distinct()], cancellationToken).ConfigureAwait(false);
        var filter = run.Mapping.Filter(sourceSide);
        var pointless = new HashSet<Guid>();
        foreach (var intent in unmade)
        {
            if (!sources.TryGetValue(intent.SourceId, out var source) || filter?.Matches(source) == false
                || await adoption.IsNoLongerWantedAsync(intent, cancellationToken).ConfigureAwait(false))
            {
                _ = pointless.Add(intent.Id);
            }
        }

        return pointless;
    }

    private async Task SettleInsertAsync(Intent intent, TableRecord? record, Coupling? coupling, bool isPointless, CancellationToken cancellationToken)
    {
        if (coupling is not null)
        {
            draft.RemovedIntents.Add(intent.Id);
        }
        else if (record is not null)
        {
            await adoption.AdoptAsync(intent, record, cancellationToken).ConfigureAwait(false);
        }
        else if (isPointless)
        {
            draft.RemovedIntents.Add(intent.Id);
        }
        else
        {
            // The request may still be under way, or the answer may lack the record: the id stays reserved, so that it can only ever be created once.
            run.Memory.Reserve(new(intent.Target.Opposite(), intent.SourceId), intent);
            run.LostInserts.Add(intent);
        }
    }

    private void SettleUpdate(Intent intent, TableRecord? record, Coupling? coupling)
    {
        draft.RemovedIntents.Add(intent.Id);
        if (record is null || coupling is null || intent.Outcome is not { } outcome)
        {
            return;
        }

        var pending = draft.Couplings.FindIndex(item => item.LocalId == coupling.LocalId);
        var current = pending >= 0 ? draft.Couplings[pending] : coupling;
        var written = new HashSet<FieldMappingKey>();
        if (BaseIfApplied(intent.Target, record, current.Base, outcome, written) is not { } moved)
        {
            return;
        }

        if (pending >= 0)
        {
            draft.Couplings.RemoveAt(pending);
        }

        draft.Couplings.Add(current with { Base = moved, LocalVersion = 0, IntegrationVersion = 0 });
        foreach (var conflict in conflicts.AfterAll(coupling, intent.Target, written).ToList())
        {
            // The write to the pair's other side may be settled next, with the same conflict.
            draft.Conflicts.Add(conflict);
            run.Memory.Note(conflict);
        }
    }

    // A field that now holds exactly what the write was to leave was written; the others keep their base.
    private SynchronizedBase? BaseIfApplied(SyncSide target, TableRecord record, SynchronizedBase? stored, SynchronizedBase outcome, HashSet<FieldMappingKey> written)
    {
        var values = run.Mapping.View(target, record);
        var known = run.Mapping.View(stored);
        var wanted = run.Mapping.View(outcome);
        var next = new BaseDraft(run.Mapping, stored);
        foreach (var field in run.Mapping.Fields)
        {
            var isApplied = wanted.Of(target, field) != known.Of(target, field) && values.FingerprintOf(field) == wanted.Of(target, field);
            if (isApplied)
            {
                _ = written.Add(field.Mapping.Key);
                next.Set(field, wanted[field]);
            }
        }

        return written.Count > 0 ? next.ToBase() : null;
    }

    // That the record did not come proves nothing: whether it is gone is found out with the other suspects of the run.
    private void SettleDeletion(Intent intent, TableRecord? record, Coupling? coupling)
    {
        draft.RemovedIntents.Add(intent.Id);
        if (record is null && coupling is not null)
        {
            suspects.Add(intent.Target, intent.TargetId, isReported: false);
        }
    }
}
