namespace Dataverse.Sync.Execution;

/// <summary>What is known to be synchronized once the answers to a pair's writes are in.</summary>
internal static class BaseAfterWrite
{
    /// <summary>The base when every write of the plan that was sent was applied.</summary>
    public static SynchronizedBase? Compute(CompiledMapping mapping, PairWork work) => Compute(mapping, work, only: null);

    /// <summary>The base when only the writes to one side were applied: fields written to the other keep their old base.</summary>
    public static SynchronizedBase? ComputePartly(CompiledMapping mapping, PairWork work, SyncSide applied) => Compute(mapping, work, applied);

    /// <summary>The base by which a later run recognizes that the write to one side was done. A correction of drift leaves no trace in a base, so it is left out.</summary>
    public static SynchronizedBase? ComputeJournaled(CompiledMapping mapping, PairWork work, SyncSide target)
    {
        var next = ComputePartly(mapping, work, target);
        if (next is null || work.OperationOn(target)!.Kind != WriteKind.Update)
        {
            return next;
        }

        var source = target.Opposite();
        var old = mapping.View(work.Base);
        var journaled = new BaseDraft(mapping, next);
        foreach (var field in mapping.Fields)
        {
            if (next.Of(source)[field.Index] == old.Of(source, field))
            {
                journaled.Set(field, old[field]);
            }
        }

        return journaled.ToBase();
    }

    /// <summary>Whether a record as the system answered it holds something that the base does not know, so that it must be looked at again.</summary>
    public static bool Differs(CompiledMapping mapping, SyncSide side, TableRecord answered, SynchronizedBase? stored)
    {
        var values = mapping.View(side, answered);
        var known = mapping.View(stored);
        foreach (var field in mapping.Fields)
        {
            if (!values.Has(field) || values.FingerprintOf(field) != known.Of(side, field))
            {
                return true;
            }
        }

        return false;
    }

    private static SynchronizedBase? Compute(CompiledMapping mapping, PairWork work, SyncSide? only)
    {
        if (work.Plan?.NextBase is not { } planned)
        {
            return work.Base;
        }

        var next = new BaseDraft(mapping, planned);
        foreach (var side in Sides.Both)
        {
            if (work.OperationOn(side) is not { } operation)
            {
                continue;
            }

            if (only is not null && only != side)
            {
                KeepOld(mapping, work, side, operation, ref next);
            }
            else if (work.ResultOn(side) is { Status: WriteStatus.Applied, Record: { } answered })
            {
                Adopt(mapping, side, operation, answered, ref next);
            }
        }

        return next.ToBase();
    }

    private static void KeepOld(CompiledMapping mapping, PairWork work, SyncSide side, WriteOperation operation, ref BaseDraft next)
    {
        var old = mapping.View(work.Base);
        foreach (var field in mapping.Fields)
        {
            if (IsWritten(operation, field, side))
            {
                next.Set(field, old[field]);
            }
        }
    }

    // A system may store a value in its own form: the form is taken as synchronized, or the two systems would correct each other
    // for ever. A value that it put where none was sent is left to differ from the base, so that it travels like any edit.
    private static void Adopt(CompiledMapping mapping, SyncSide side, WriteOperation operation, TableRecord answered, ref BaseDraft next)
    {
        var values = mapping.View(side, answered);
        foreach (var field in mapping.Fields)
        {
            var isWritten = IsWritten(operation, field, side);
            if (values.Has(field) && (isWritten || (operation.Kind == WriteKind.Insert && IsItsOwnDefault(field, side, values[field]))))
            {
                next.Set(field, side, values.FingerprintOf(field));
            }
        }
    }

    // A number that the system gave to its new record travels back; the zero or blank of a field that nobody filled must not clear
    // what the other side holds.
    private static bool IsItsOwnDefault(CompiledField field, SyncSide side, FieldValue value) =>
        !field.ReachesForInsert(side) && (!field.Reaches(side.Opposite()) || ValueConversion.AreEquivalent(value, FieldValue.Blank));

    // Several field mappings may name a field, but only one writes it; for the others its new value is an edit.
    private static bool IsWritten(WriteOperation operation, CompiledField field, SyncSide side) =>
        field.Reaches(side) && operation.Fields.ValueOf(field.On(side).Name) is not null;
}
