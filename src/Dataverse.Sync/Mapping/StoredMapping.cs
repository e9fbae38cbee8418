namespace Dataverse.Sync;

/// <summary>A mapping as its stored override makes it.</summary>
/// <param name="Name">The name of the mapping.</param>
/// <param name="Version">The version of the override.</param>
/// <param name="HasOverride">Whether there is an override; false if it was removed.</param>
internal sealed record StoredMapping(string Name, long Version, bool HasOverride)
{
    /// <summary>The mapping with its override; null if the override removes it.</summary>
    public IIntegrationTableMapping? Mapping { get; init; }

    /// <summary>Why the override cannot be used; empty if it can.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>The parts of the override that have nothing to act on any more.</summary>
    public IReadOnlyList<MappingWarning> Warnings { get; init; } = [];
}
