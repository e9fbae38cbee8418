namespace Dataverse.Sync.Execution;

/// <summary>What is known to be synchronized once the answers to a pair's writes are in.</summary>
internal static class BaseAfterWrite
{
    /// <summary>The base when every write of the plan that was sent was applied.</summary>
    public static SynchronizedBase? Compute(CompiledMapping mapping, PairWork work) => Compute(mapping, work, _ => true);

    /// <summary>The base when only the writes to one side were applied: fields written to the other keep their old base.</summary>
    public static SynchronizedBase? ComputePartly(CompiledMapping mapping, PairWork work, SyncSide applied) => Compute(mapping, work, side => side == applied);

    /// <summary>The base by which a later run recognizes that the write to one side was done. A correction of drift leaves no trace in a base, so it is left out.</summary>
    public static SynchronizedBase? ComputeJournaled(CompiledMapping mapping, PairWork work, SyncSide target)
    {
        if (ComputePartly(mapping, work, target) is not { } next || work.OperationOn(target)!.Kind != WriteKind.Update)
        {
            return ComputePartly(mapping, work, target);
        }

        var local = next.Local.ToArray();
        var integration = next.Integration.ToArray();
        foreach (var field in mapping.Fields)
        {
            var old = mapping.BaseOf(field, work.Base);
            if (next.Of(target.Opposite())[field.Index] == old.Of(target.Opposite()))
            {
                (local[field.Index], integration[field.Index]) = (old.Local, old.Integration);
            }
        }

        return new SynchronizedBase(mapping.Shape, local, integration);
    }

    /// <summary>Whether a record as the system answered it holds something that the base does not know, so that it must be looked at again.</summary>
    public static bool Differs(CompiledMapping mapping, SyncSide side, TableRecord answered, SynchronizedBase? stored) =>
        Array.Exists(mapping.Fields, field => ValueIn(mapping, field, side, answered) is not { } value || Fingerprint.Of(value) != mapping.BaseOf(field, stored).Of(side));

    private static SynchronizedBase? Compute(CompiledMapping mapping, PairWork work, Func<SyncSide, bool> isApplied)
    {
        if (work.Plan?.NextBase is not { } next)
        {
            return work.Base;
        }

        var local = next.Local.ToArray();
        var integration = next.Integration.ToArray();
        foreach (var field in mapping.Fields)
        {
            foreach (var side in Sides.Both)
            {
                var isWritten = WrittenValue(work, field, side) is not null;
                if (isWritten && !isApplied(side))
                {
                    var old = mapping.BaseOf(field, work.Base);
                    (local[field.Index], integration[field.Index]) = (old.Local, old.Integration);
                }
                else if (work.ResultOn(side) is { Status: WriteStatus.Applied } result && isApplied(side))
                {
                    Adopt(mapping, work, field, side, result, side == SyncSide.Local ? local : integration);
                }
            }
        }

        return new SynchronizedBase(mapping.Shape, local, integration);
    }

    // A system may store a value in its own form: the form is taken as synchronized, or the two systems would correct each other
    // for ever. A value that it put where none was sent is left to differ from the base, so that it travels like any edit.
    private static void Adopt(CompiledMapping mapping, PairWork work, CompiledField field, SyncSide side, WriteResult result, ulong[] fingerprints)
    {
        var sent = WrittenValue(work, field, side);
        var isInsert = work.OperationOn(side)!.Kind == WriteKind.Insert;
        if (sent is null && !isInsert)
        {
            return;
        }

        var answered = result.Record is { } record ? ValueIn(mapping, field, side, record) : null;
        if (answered is { } value && (sent is not null || IsItsOwnDefault(field, side, value)))
        {
            fingerprints[field.Index] = Fingerprint.Of(value);
        }
    }

    // A number that the system gave to its new record travels back; the zero or blank of a field that nobody filled must not clear
    // what the other side holds.
    private static bool IsItsOwnDefault(CompiledField field, SyncSide side, FieldValue value) =>
        !field.ReachesForInsert(side) && (!field.Reaches(side.Opposite()) || ValueConversion.AreEquivalent(value, FieldValue.Blank));

    // Several field mappings may name a field, but only one writes it; for the others its new value is an edit.
    private static FieldValue? WrittenValue(PairWork work, CompiledField field, SyncSide side) =>
        field.Reaches(side) ? work.OperationOn(side)?.Fields.ValueOf(field.On(side).Name) : null;

    private static FieldValue? ValueIn(CompiledMapping mapping, CompiledField field, SyncSide side, TableRecord record)
    {
        var place = mapping.Ordinals(side, record.Layout)[field.Index];
        return place < 0 ? null : record[place];
    }
}
