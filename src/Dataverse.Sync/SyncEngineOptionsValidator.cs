namespace Dataverse.Sync;

/// <summary>Checks the options of an engine and reports all problems in one message.</summary>
/// <remarks>
/// Whether the mappings fit each other and the tables is checked at their first use, because that needs both systems'
/// schemas. Here only their own settings are checked.
/// </remarks>
internal static class SyncEngineOptionsValidator
{
    // A heartbeat renews the lease after a third of it; a shorter lease would be lost to one slow request to the store.
    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestLease = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestSchemaLifetime = TimeSpan.FromDays(30);

    // Each run holds a page of records and a connection of its own.
    private const int MostConcurrentMappings = 64;

    private static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(30);

    /// <exception cref="SyncConfigurationException">An option is invalid; every problem is named.</exception>
    public static void Validate(SyncEngineOptions options)
    {
        var problems = new OptionProblems($"{nameof(SyncEngineOptions)}.");
        problems.RequirePresent(options.Local, nameof(options.Local));
        problems.RequirePresent(options.Integration, nameof(options.Integration));
        if (options.Store is null)
        {
            problems.Add($"{nameof(options.Store)} is null; it must be set. Without a durable store, a restart creates "
                + $"every record again. For tests, use {nameof(InMemoryCouplingStore)} by name.");
        }

        problems.RequireElements(options.Mappings, nameof(options.Mappings));
        problems.RequireElements(options.Rules, nameof(options.Rules));
        problems.RequirePresent(options.NamedCode, nameof(options.NamedCode));
        problems.RequirePresent(options.TimeProvider, nameof(options.TimeProvider));
        problems.RequireDefined(options.NewRecordIds, nameof(options.NewRecordIds));
        problems.RequireRange(options.LeaseDuration, ShortestLease, LongestLease, nameof(options.LeaseDuration));
        problems.RequireRange(
            options.UncertainWriteWindow, ShortestWindow, LongestWindow, nameof(options.UncertainWriteWindow));
        problems.RequireRange(
            options.SchemaLifetime, TimeSpan.Zero, LongestSchemaLifetime, nameof(options.SchemaLifetime));
        problems.RequireRange(
            options.MaxConcurrentMappings, 1, MostConcurrentMappings, nameof(options.MaxConcurrentMappings));
        if (options.Scope is { } scope)
        {
            problems.RequireText(scope.Name, $"{nameof(options.Scope)}.{nameof(scope.Name)}");
        }

        for (var index = 0; index < (options.Mappings?.Count ?? 0); index++)
        {
            if (options.Mappings![index] is { } mapping)
            {
                MappingSettingsValidator.Check(problems, mapping, $"{nameof(options.Mappings)}[{index}].");
            }
        }

        problems.ThrowIfAny();
    }
}
