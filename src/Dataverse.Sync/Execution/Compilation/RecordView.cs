namespace Dataverse.Sync.Execution;

/// <summary>Reads the values of a record by mapped field, without a search by name.</summary>
internal readonly struct RecordView(TableRecord record, SyncSide side, int[] places)
{
    /// <summary>The value of a mapped field.</summary>
    /// <exception cref="KeyNotFoundException">The record lacks the field.</exception>
    public FieldValue this[CompiledField field] =>
        places[field.Index] is >= 0 and var place ? record[place] : record[field.On(side).Name];

    /// <summary>The value of a mapped field, or a blank if the field cannot be read.</summary>
    public FieldValue ReadableOf(CompiledField field) => field.CanRead(side) ? this[field] : FieldValue.Blank;

    /// <summary>Whether the record has a mapped field.</summary>
    public bool Has(CompiledField field) => places[field.Index] >= 0;

    public ulong FingerprintOf(CompiledField field) => Fingerprint.Of(this[field]);

    /// <summary>Whether the record holds the value of a fingerprint, or the zero that its field stores for a blank.</summary>
    public bool Holds(CompiledField field, ulong fingerprint) =>
        field.FingerprintOf(side, this[field], known: fingerprint) == fingerprint;
}
