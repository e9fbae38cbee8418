namespace Dataverse.Sync.Configuration;

/// <summary>An engine that a section of the configuration sets up.</summary>
/// <param name="Name">The name of the engine, or null.</param>
/// <param name="Setup">What the section says.</param>
/// <param name="Builder">The builder of the engine.</param>
/// <param name="HasMappings">Whether the mappings of the section could be read.</param>
internal sealed record ConfiguredEngine(string? Name, SectionSetup Setup, SyncBuilder Builder, bool HasMappings);
