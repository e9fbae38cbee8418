namespace Dataverse.Sync;

/// <summary>How far a mapping has come.</summary>
public sealed record MappingState
{
    /// <summary>The state of a mapping that never ran.</summary>
    public static MappingState Initial { get; } = new();

    /// <summary>Where the next feed of local changes begins; null for the beginning.</summary>
    public Checkpoint? Local { get; init; }

    /// <summary>Where the next feed of integration changes begins; null for the beginning.</summary>
    public Checkpoint? Integration { get; init; }

    /// <summary>When the local keys were last compared with the couplings, by the engine's clock; null for never.</summary>
    public DateTimeOffset? LocalKeysScannedOn { get; init; }

    /// <summary>When the integration keys were last compared with the couplings; null for never.</summary>
    public DateTimeOffset? IntegrationKeysScannedOn { get; init; }

    internal Checkpoint? CheckpointOf(SyncSide side) => side == SyncSide.Local ? Local : Integration;

    internal DateTimeOffset? KeysScannedOn(SyncSide side) => side == SyncSide.Local ? LocalKeysScannedOn : IntegrationKeysScannedOn;

    internal MappingState WithCheckpoint(SyncSide side, Checkpoint? checkpoint) =>
        side == SyncSide.Local ? this with { Local = checkpoint } : this with { Integration = checkpoint };

    internal MappingState WithKeysScannedOn(SyncSide side, DateTimeOffset scannedOn) =>
        side == SyncSide.Local ? this with { LocalKeysScannedOn = scannedOn } : this with { IntegrationKeysScannedOn = scannedOn };
}
