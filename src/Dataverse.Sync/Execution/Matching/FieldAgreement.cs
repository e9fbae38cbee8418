namespace Dataverse.Sync.Execution;

/// <summary>Counts the mapped fields in which two records agree.</summary>
internal sealed class FieldAgreement(CompiledMapping mapping)
{
    /// <summary>
    /// Returns the one of several candidates that agrees with a record in most fields, or null if none agrees in any, or
    /// several agree in equally many.
    /// </summary>
    public TableRecord? FindBest(SyncSide side, TableRecord record, IEnumerable<TableRecord> candidates)
    {
        var ranked = candidates.Select(candidate => (candidate, Count: Count(side, record, candidate)))
            .OrderByDescending(item => item.Count).Take(2).ToList();
        return ranked switch
        {
            [] or [(_, 0), ..] => null,
            [var (only, _)] => only,
            [var (_, best), var (_, second)] when best == second => null,
            _ => ranked[0].candidate,
        };
    }

    private int Count(SyncSide side, TableRecord record, TableRecord candidate) =>
        mapping.Fields.Count(field => Agree(field, side, record, candidate));

    // A blank says nothing. References are compared by their couplings, of which a doubtful record has none.
    private bool Agree(CompiledField field, SyncSide side, TableRecord record, TableRecord candidate)
    {
        if (field.IsResolved || !field.CanRead())
        {
            return false;
        }

        var (own, other) = (mapping.View(side, record)[field], mapping.View(side.Opposite(), candidate)[field]);
        if (own.IsBlank || other.IsBlank)
        {
            return false;
        }

        try
        {
            var converted = field.Convert(own, side.Opposite()).Value;
            return Fingerprint.Of(Comparable(converted)) == Fingerprint.Of(Comparable(other));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // A value that the other side cannot hold does not agree. A converter may throw anything.
            return false;
        }
    }

    private static FieldValue Comparable(FieldValue value) => value.Kind == FieldValueKind.Text
        ? FieldValue.Text(TextForm.Canonical(value.AsText()).Trim().ToUpperInvariant())
        : value;
}
