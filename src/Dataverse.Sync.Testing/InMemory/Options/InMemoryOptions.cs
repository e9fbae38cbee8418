namespace Dataverse.Sync.Testing;

/// <summary>Configures an <see cref="InMemoryConnector"/>.</summary>
public sealed record InMemoryOptions
{
    /// <summary>The cloud to replace. Default <see cref="InMemoryFlavor.Dataverse"/>.</summary>
    public InMemoryFlavor Flavor { get; init; }

    /// <summary>The display name of the connector. Null (default) derives it from the flavor.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The identity that distinguishes the system from others. Null (default) derives it from the flavor, so two
    /// systems of the same flavor need explicit identities.
    /// </summary>
    public string? Identity { get; init; }

    /// <summary>
    /// The identity that the system tells, see <see cref="ITableConnector.IdentifyAsync"/>. Null (default) if it tells
    /// nothing.
    /// </summary>
    public SystemIdentity? SystemIdentity { get; init; }

    /// <summary>The clock of the stamps. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// The seed of the ids that the system chooses. The same seed and the same writes give the same ids. Default 1.
    /// </summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Whether <see cref="InMemoryConnector.Writes"/> lists the applied writes. Default <see langword="true"/>;
    /// <see langword="false"/> saves memory in benchmarks.
    /// </summary>
    public bool KeepsWrites { get; init; } = true;
}
