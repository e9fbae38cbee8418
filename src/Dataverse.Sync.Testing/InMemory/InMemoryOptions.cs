namespace Dataverse.Sync.Testing;

/// <summary>How an <see cref="InMemoryConnector"/> presents itself.</summary>
public sealed record InMemoryOptions
{
    /// <summary>
    /// The cloud that the system stands in for; <see cref="InMemoryFlavor.Dataverse"/> unless said otherwise.
    /// </summary>
    public InMemoryFlavor Flavor { get; init; }

    /// <summary>The connector's name for people; null takes one from the flavour.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// What distinguishes the system from others; null takes one from the flavour. Two systems of one test need two
    /// identities.
    /// </summary>
    public string? Identity { get; init; }

    /// <summary>Where the stamps of changes come from; the system's clock unless said otherwise.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// The seed of the ids that the system chooses: the same seed and the same writes give the same ids.
    /// </summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Whether every applied write is remembered in <see cref="InMemoryConnector.Writes"/>; true unless said otherwise.
    /// Benchmarks switch it off.
    /// </summary>
    public bool KeepsWrites { get; init; } = true;
}
