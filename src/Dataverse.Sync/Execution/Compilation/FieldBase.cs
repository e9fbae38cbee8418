namespace Dataverse.Sync.Execution;

/// <summary>The two fingerprints of one field in a base.</summary>
internal readonly record struct FieldBase(ulong Local, ulong Integration)
{
    /// <summary>
    /// In place of a fingerprint: the value that a new record has by itself, because nothing was sent for the field and
    /// the response did not show it.
    /// </summary>
    public const ulong OwnDefault = Fingerprint.OwnDefault;

    public static FieldBase Never => new(Fingerprint.None, Fingerprint.None);

    /// <summary>Whether the field was synchronized on both sides, so that each value has one to compare it with.</summary>
    public bool IsComplete => IsKnown(SyncSide.Local) && IsKnown(SyncSide.Integration);

    /// <summary>Whether the value of a side was seen when the field was last synchronized.</summary>
    public bool IsKnown(SyncSide side) => Of(side) < OwnDefault;

    /// <summary>Whether the value of a side is unchanged and waits for its translation.</summary>
    public bool Awaits(SyncSide side, FieldBase known) => known.Of(side) == Fingerprint.Awaiting(Of(side));

    /// <summary>Marks the value of a side as one that is translated as soon as that is possible.</summary>
    public FieldBase Awaiting(SyncSide side) => With(side, Fingerprint.Awaiting(Of(side)));

    public FieldBase With(SyncSide side, ulong fingerprint) =>
        side == SyncSide.Local ? this with { Local = fingerprint } : this with { Integration = fingerprint };

    public ulong Of(SyncSide side) => side == SyncSide.Local ? Local : Integration;
}
