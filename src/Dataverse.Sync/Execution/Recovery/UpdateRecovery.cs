namespace Dataverse.Sync.Execution;

/// <summary>
/// Recovers updates. A field that contains the value of the write was written; the others keep their base.
/// </summary>
internal sealed class UpdateRecovery(
    CompiledMapping mapping, ConflictHistory history, ConflictLedger conflicts, UnitOfWork unit)
{
    public void Recover(Intent intent, TableRecord? record, Coupling? coupling)
    {
        unit.Complete(intent);
        if (record is null || coupling is null || intent.Outcome is not { } outcome)
        {
            return;
        }

        // This recovery may already have changed the pair: by the write to its other side, or by another partner.
        var current = unit.Couplings.LastOrDefault(item => item.LocalId == coupling.LocalId) ?? coupling;
        var written = FindWritten(intent.Target, record, current.Base, outcome);
        if (written.Count == 0)
        {
            return;
        }

        var next = new BaseDraft(mapping, current.Base);
        var wanted = mapping.View(outcome);
        foreach (var field in written)
        {
            next.Set(field, wanted[field]);
        }

        unit.Couple(current with { Base = next.ToBase(), LocalVersion = 0, IntegrationVersion = 0 });
        var keys = written.Select(field => field.Mapping.Key).ToHashSet();
        foreach (var conflict in history.AfterRecovery(coupling, intent.Target, keys).ToList())
        {
            // The write to the other side of the pair may be recovered next, with the same conflict.
            unit.Record([conflict]);
            conflicts.Note(conflict);
        }
    }

    private List<CompiledField> FindWritten(
        SyncSide target, TableRecord record, SynchronizedBase? stored, SynchronizedBase outcome)
    {
        var values = mapping.View(target, record);
        var known = mapping.View(stored);
        var wanted = mapping.View(outcome);
        var written = new List<CompiledField>();
        foreach (var field in mapping.Fields)
        {
            if (!field.CanRead(target) || !values.Has(field))
            {
                continue;
            }

            var isApplied = wanted.Of(target, field) != known.Of(target, field)
                && values.Holds(field, wanted.Of(target, field));
            if (isApplied)
            {
                written.Add(field);
            }
        }

        return written;
    }
}
