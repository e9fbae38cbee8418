namespace Dataverse.Sync;

/// <summary>The stored fact that a local and an integration record are the same thing, with what was last synchronized.</summary>
/// <remarks>Immutable. Within one <see cref="MappingKey"/> a record of either side is in at most one coupling.</remarks>
public sealed record Coupling
{
    /// <summary>The local record.</summary>
    public required Guid LocalId { get; init; }

    /// <summary>The integration record.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>What was last synchronized; null for a pair that is coupled but was never synchronized.</summary>
    public SynchronizedBase? Base { get; init; }

    /// <summary>The <see cref="Fingerprint.OfVersion"/> of the local record's version when it was last seen; zero when unknown.</summary>
    public ulong LocalVersion { get; init; }

    /// <summary>The <see cref="Fingerprint.OfVersion"/> of the integration record's version when it was last seen; zero when unknown.</summary>
    public ulong IntegrationVersion { get; init; }

    /// <summary>When the pair was last brought in step, by the engine's clock, in whole seconds; null for never.</summary>
    public DateTimeOffset? SynchronizedOn { get; init; }

    /// <summary>The record's id on a side.</summary>
    public Guid IdOf(SyncSide side) => side == SyncSide.Local ? LocalId : IntegrationId;

    /// <summary>A coupling of a record of one side with its partner on the other, not synchronized yet.</summary>
    internal static Coupling Between(SyncSide side, Guid id, Guid partner) => side == SyncSide.Local
        ? new() { LocalId = id, IntegrationId = partner }
        : new() { LocalId = partner, IntegrationId = id };

    internal ulong VersionOf(SyncSide side) => side == SyncSide.Local ? LocalVersion : IntegrationVersion;
}
