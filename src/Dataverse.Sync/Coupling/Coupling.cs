namespace Dataverse.Sync;

/// <summary>
/// The stored fact that a local record and an integration record are partners, with the base of the pair.
/// </summary>
/// <remarks>
/// Immutable. Within a <see cref="MappingKey"/>, a record is in at most one coupling. Business Central: CRM Integration
/// Record.
/// </remarks>
public sealed record Coupling
{
    /// <summary>The id of the local record.</summary>
    public required Guid LocalId { get; init; }

    /// <summary>The id of the integration record.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>What was last synchronized, or null if the pair was never synchronized.</summary>
    public SynchronizedBase? Base { get; init; }

    /// <summary>
    /// The <see cref="Fingerprint.OfVersion"/> of the local record when it was last seen, or zero if unknown. A value that
    /// no version has means that the record was seen and must be read again.
    /// </summary>
    public ulong LocalVersion { get; init; }

    /// <summary>
    /// The <see cref="Fingerprint.OfVersion"/> of the integration record when it was last seen, or zero if unknown. A value that
    /// no version has means that the record was seen and must be read again.
    /// </summary>
    public ulong IntegrationVersion { get; init; }

    /// <summary>
    /// When the pair was last synchronized, by the clock of the engine, or null if never. A store may keep whole
    /// seconds only.
    /// </summary>
    public DateTimeOffset? SynchronizedOn { get; init; }

    /// <summary>Gets the id of the record on one side.</summary>
    /// <param name="side">The side.</param>
    /// <returns>The id.</returns>
    public Guid IdOf(SyncSide side) => side == SyncSide.Local ? LocalId : IntegrationId;

    /// <summary>
    /// Creates a coupling of a record with its partner on the other side, which is not synchronized yet.
    /// </summary>
    internal static Coupling Between(SyncSide side, Guid id, Guid partner) => side == SyncSide.Local
        ? new() { LocalId = id, IntegrationId = partner }
        : new() { LocalId = partner, IntegrationId = id };

    internal Coupling WithVersion(SyncSide side, ulong version) => side == SyncSide.Local
        ? this with { LocalVersion = version }
        : this with { IntegrationVersion = version };

    internal ulong VersionOf(SyncSide side) => side == SyncSide.Local ? LocalVersion : IntegrationVersion;
}
