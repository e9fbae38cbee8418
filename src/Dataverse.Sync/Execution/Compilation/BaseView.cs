namespace Dataverse.Sync.Execution;

/// <summary>Reads a stored base by the fields of a mapping, which may have changed since the base was stored.</summary>
/// <param name="stored">The base, or null for a pair that was never synchronized.</param>
/// <param name="places">
/// The position of each field of the mapping in the base, or null if they are in the mapping's own order.
/// </param>
internal readonly struct BaseView(SynchronizedBase? stored, int[]? places)
{
    /// <summary>The fingerprints of a field, or <see cref="FieldBase.Never"/> if the base lacks it.</summary>
    public FieldBase this[CompiledField field] =>
        PlaceOf(field) is >= 0 and var place ? new(stored!.Local[place], stored.Integration[place]) : FieldBase.Never;

    /// <summary>
    /// The fingerprint of a field on one side, or <see cref="Fingerprint.None"/> if it was never synchronized.
    /// </summary>
    public ulong Of(SyncSide side, CompiledField field) =>
        PlaceOf(field) is >= 0 and var place ? stored!.Of(side)[place] : Fingerprint.None;

    /// <summary>Whether the base contains a field. It lacks field mappings added since it was stored.</summary>
    public bool Knows(CompiledField field) => PlaceOf(field) >= 0;

    private int PlaceOf(CompiledField field) =>
        stored is null ? -1 : places is null ? field.Index : places[field.Index];
}
