namespace Dataverse.Sync.Execution;

/// <summary>
/// Computes the base of a pair whose record was found instead of answered: an insert created it, and the response was
/// lost.
/// </summary>
internal static class AdoptedBase
{
    /// <summary>
    /// Computes the base. A field that contains what was sent is synchronized. In a field that is synchronized in both
    /// directions, another value is an edit made since the insert. A field that contains nothing, only a default, or
    /// what cannot be read is not synchronized: the write may have been carried out in part. If a field that was sent
    /// contains nothing, another value may have been entered in place of nothing, so that it is not known to be an edit of
    /// what was sent. Then both values are kept.
    /// </summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="insert">The intent of the insert.</param>
    /// <param name="found">The record that the insert created.</param>
    public static SynchronizedBase? Of(CompiledMapping mapping, Intent insert, TableRecord found)
    {
        if (insert.Outcome is not { } outcome)
        {
            return null;
        }

        var target = insert.Target;
        var sent = mapping.View(outcome);
        var values = mapping.View(target, found);
        bool Differs(CompiledField field) => values.Has(field) && !values.Holds(field, sent.Of(target, field));
        var isPartial = mapping.Fields.Any(field => Fingerprint.IsOfValue(sent.Of(target, field))
            && field.CanRead(target)
            && Differs(field)
            && BlankRules.SaysNothing(field, target, values.ReadableOf(field)));
        var adopted = new BaseDraft(mapping, outcome);
        foreach (var field in mapping.Fields)
        {
            if (!Fingerprint.IsOfValue(sent.Of(target, field)))
            {
                continue;
            }

            // A value that cannot be read is sent again where nobody on the target side could have edited it.
            if (!field.CanRead(target))
            {
                adopted.Set(field, CanBeEdited(field, target) ? FieldBase.Never : NotArrived(target));
            }
            else if (Differs(field))
            {
                Set(ref adopted, field, target, isPartial, values.ReadableOf(field));
            }
        }

        return adopted.ToBase();
    }

    private static void Set(
        ref BaseDraft adopted, CompiledField field, SyncSide target, bool isPartial, FieldValue found)
    {
        if (field.HasDefault(target))
        {
            adopted.Set(field, NotArrived(target));
        }
        else if (isPartial || !CanBeEdited(field, target) || BlankRules.SaysNothing(field, target, found))
        {
            adopted.Set(field, FieldBase.Never);
        }
    }

    private static bool CanBeEdited(CompiledField field, SyncSide target) =>
        field.Reaches(target.Opposite()) || field.IsFrozen;

    private static FieldBase NotArrived(SyncSide target) =>
        FieldBase.Never.With(target, FieldBase.OwnDefault);
}
