namespace Dataverse.Sync.Configuration;

/// <summary>Gives an engine the options that its settings set.</summary>
internal static class EngineSetup
{
    /// <summary>Returns the options as the settings change them.</summary>
    public static SyncEngineOptions Apply(SyncEngineOptions options, EngineSettings settings) => options with
    {
        Scope = settings.Scope is { } scope ? new(scope) : options.Scope,
        NewRecordIds = settings.NewRecordIds ?? options.NewRecordIds,
        LeaseDuration = settings.LeaseDuration ?? options.LeaseDuration,
        UncertainWriteWindow = settings.UncertainWriteWindow ?? options.UncertainWriteWindow,
        SchemaLifetime = settings.SchemaLifetime ?? options.SchemaLifetime,
        MaxConcurrentMappings = settings.MaxConcurrentMappings ?? options.MaxConcurrentMappings,
    };
}
