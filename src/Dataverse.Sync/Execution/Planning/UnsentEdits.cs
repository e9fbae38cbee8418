namespace Dataverse.Sync.Execution;

/// <summary>Recognizes records with values that were entered and never synchronized. Pure.</summary>
internal static class UnsentEdits
{
    /// <summary>Whether a record contains an edit that was never synchronized.</summary>
    /// <param name="mapping">The mapping of the record.</param>
    /// <param name="side">The side of the record.</param>
    /// <param name="record">The record.</param>
    /// <param name="stored">The base of its pair, or null if the pair has none.</param>
    public static bool AreIn(CompiledMapping mapping, SyncSide side, TableRecord record, SynchronizedBase? stored)
    {
        var values = mapping.View(side, record);
        var known = mapping.View(stored);
        foreach (var field in mapping.Fields)
        {
            if (field.Reaches(side.Opposite()) && IsEdited(mapping, field, side, values[field], known.Of(side, field)))
            {
                return true;
            }
        }

        return false;
    }

    // A text, a number, or a date a new record has from somebody, and its business key from its system.
    private static bool IsEdited(CompiledMapping mapping, CompiledField field, SyncSide side, FieldValue value, ulong known)
    {
        if (known is 0 or FieldBase.OwnDefault && mapping.IsAssigned(field, side) && !field.Reaches(side))
        {
            return false;
        }

        if (known == FieldBase.OwnDefault)
        {
            return !field.HasDefault(side) && !BlankRules.SaysNothing(field, side, value);
        }

        var current = field.FingerprintOf(side, value, known);
        return current != known && Fingerprint.Awaiting(current) != known;
    }
}
