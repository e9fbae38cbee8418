namespace Dataverse.Sync.Configuration;

/// <summary>The settings of <see cref="SyncEngineOptions"/> that are values. Null keeps the default.</summary>
internal sealed class EngineSettings
{
    public string? Scope { get; set; }

    public NewRecordIds? NewRecordIds { get; set; }

    public TimeSpan? LeaseDuration { get; set; }

    public TimeSpan? UncertainWriteWindow { get; set; }

    public TimeSpan? SchemaLifetime { get; set; }

    public int? MaxConcurrentMappings { get; set; }
}
