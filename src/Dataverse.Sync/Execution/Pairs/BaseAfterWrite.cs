namespace Dataverse.Sync.Execution;

/// <summary>Computes the base of a pair from the results of its writes.</summary>
internal static class BaseAfterWrite
{
    /// <summary>Computes the base if every write that was sent was applied.</summary>
    public static SynchronizedBase? Compute(CompiledMapping mapping, in WrittenPair written) =>
        Compute(mapping, written.Pair, written.Plan, written.Write.Operations, written.Results, only: null);

    /// <summary>
    /// Computes the base if only the writes to one side were applied. Fields written to the other side keep their old
    /// base.
    /// </summary>
    public static SynchronizedBase? ComputePartly(CompiledMapping mapping, in WrittenPair written, SyncSide applied) =>
        Compute(mapping, written.Pair, written.Plan, written.Write.Operations, written.Results, applied);

    /// <summary>
    /// Computes the base by which a later run recognizes that the write to one side was applied: the record contains what
    /// the base has for its side.
    /// </summary>
    public static SynchronizedBase? ComputeJournaled(
        CompiledMapping mapping, in PlannedPair planned, Sides<WriteOperation?> operations, SyncSide target) =>
        Compute(mapping, planned.Pair, planned.Plan, operations, results: default, target);

    private static SynchronizedBase? Compute(
        CompiledMapping mapping,
        Pair pair,
        PairPlan plan,
        Sides<WriteOperation?> operations,
        Sides<WriteResult?> results,
        SyncSide? only)
    {
        if (plan.NextBase is not { } planned)
        {
            return pair.Base;
        }

        var next = new BaseDraft(mapping, planned);
        foreach (var side in Sides.Both)
        {
            if (operations[side] is not { } operation)
            {
                continue;
            }

            if (only is not null && only != side)
            {
                KeepOld(mapping, pair, side, operation, ref next);
            }
            else if (results[side] is { Status: WriteStatus.Applied, Record: { } returned })
            {
                Adopt(mapping, pair, side, operation, returned, ref next);
            }
        }

        return next.ToBase();
    }

    private static void KeepOld(
        CompiledMapping mapping, Pair pair, SyncSide side, WriteOperation operation, ref BaseDraft next)
    {
        var old = mapping.View(pair.Base);
        foreach (var field in mapping.Fields)
        {
            if (IsWritten(operation, field, side))
            {
                next.Set(field, old[field]);
            }
        }
    }

    // A system may store a value in its own form. That form counts as synchronized, because the two systems would
    // otherwise correct each other forever. A value that the system set where none was sent differs from the base, so
    // it is synchronized like any edit.
    private static void Adopt(
        CompiledMapping mapping,
        Pair pair,
        SyncSide side,
        WriteOperation operation,
        TableRecord returned,
        ref BaseDraft next)
    {
        var values = mapping.View(side, returned);
        foreach (var field in mapping.Fields)
        {
            if (!field.CanRead(side) || !values.Has(field) || values[field].Kind == FieldValueKind.Unreadable)
            {
                continue;
            }

            if (IsWritten(operation, field, side))
            {
                next.Set(field, side, values.FingerprintOf(field));
            }
            else if (operation.Kind == WriteKind.Insert && IsAwaited(mapping, field, side.Opposite(), pair, next[field]))
            {
                // Whatever the record has in place of a reference that follows is not an edit.
                next.Set(field, side, values.FingerprintOf(field));
            }
            else if (operation.Kind == WriteKind.Insert)
            {
                var stored = OwnValueOf(mapping, field, side, values[field], next[field].Of(side));
                next.Set(field, side, stored);
            }
        }
    }

    private static bool IsAwaited(
        CompiledMapping mapping, CompiledField field, SyncSide source, Pair pair, FieldBase known)
    {
        if (!field.MayAwait || pair.On(source) is not { } record)
        {
            return false;
        }

        var value = mapping.View(source, record).ReadableOf(field);
        return known.Of(source) == Fingerprint.Awaiting(Fingerprint.Of(value));
    }

    // A zero is the blank of a system that stores none. The default of a field whose source has a value is not an edit,
    // but a number that the system assigned is.
    private static ulong OwnValueOf(
        CompiledMapping mapping, CompiledField field, SyncSide side, FieldValue value, ulong planned) => planned switch
        {
            0 when ValueConversion.AreEquivalent(value, FieldValue.Blank) => Fingerprint.Of(value),
            FieldBase.OwnDefault when mapping.IsAssigned(field, side) && !field.Reaches(side) => 0,
            FieldBase.OwnDefault => Fingerprint.Of(value),
            _ => planned,
        };

    // Several field mappings may name a field, but only one writes it. For the others its new value is an edit.
    private static bool IsWritten(WriteOperation operation, CompiledField field, SyncSide side) =>
        field.Reaches(side) && operation.Fields.ValueOf(field.On(side).Name) is not null;
}
