namespace Dataverse.Sync.Execution;

/// <summary>The two fingerprints of one field in a base.</summary>
internal readonly record struct FieldBase(ulong Local, ulong Integration)
{
    public static FieldBase Never => new(Fingerprint.None, Fingerprint.None);

    public FieldBase With(SyncSide side, ulong fingerprint) =>
        side == SyncSide.Local ? this with { Local = fingerprint } : this with { Integration = fingerprint };

    public ulong Of(SyncSide side) => side == SyncSide.Local ? Local : Integration;
}
