namespace Dataverse.Sync;

/// <summary>The checkpoints of a mapping and the times of its last scans.</summary>
/// <remarks>Business Central: Synch. Modified On Filter and Synch. Int. Tbl. Mod. On Fltr.</remarks>
public sealed record MappingState
{
    /// <summary>The state of a mapping that was never run.</summary>
    public static MappingState Initial { get; } = new();

    /// <summary>The position after which the next run reads local changes, or null to read the whole table.</summary>
    public Checkpoint? Local { get; init; }

    /// <summary>
    /// The position after which the next run reads integration changes, or null to read the whole table.
    /// </summary>
    public Checkpoint? Integration { get; init; }

    /// <summary>
    /// When the local ids were last scanned for deletions, by the clock of the engine, or null if never.
    /// </summary>
    public DateTimeOffset? LocalKeysScannedOn { get; init; }

    /// <summary>
    /// When the integration ids were last scanned for deletions, by the clock of the engine, or null if never.
    /// </summary>
    public DateTimeOffset? IntegrationKeysScannedOn { get; init; }

    /// <summary>
    /// The records that a system deletes because the engine deleted other records, possibly in the run of another mapping.
    /// </summary>
    /// <remarks>
    /// A store returns them with the state. It changes them by <see cref="StoreCommit.AnnouncedDeletions"/> and
    /// <see cref="StoreCommit.WithdrawnDeletions"/> only, whatever <see cref="StoreCommit.State"/> contains.
    /// </remarks>
    public IReadOnlyList<AnnouncedDeletion> AnnouncedDeletions { get; init; } = [];

    internal Checkpoint? CheckpointOf(SyncSide side) => side == SyncSide.Local ? Local : Integration;

    internal DateTimeOffset? KeysScannedOn(SyncSide side) =>
        side == SyncSide.Local ? LocalKeysScannedOn : IntegrationKeysScannedOn;

    internal MappingState WithCheckpoint(SyncSide side, Checkpoint? checkpoint) =>
        side == SyncSide.Local ? this with { Local = checkpoint } : this with { Integration = checkpoint };

    internal MappingState WithKeysScannedOn(SyncSide side, DateTimeOffset scannedOn) =>
        side == SyncSide.Local
            ? this with { LocalKeysScannedOn = scannedOn }
            : this with { IntegrationKeysScannedOn = scannedOn };
}
