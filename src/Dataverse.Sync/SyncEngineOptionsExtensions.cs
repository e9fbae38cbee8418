using Dataverse.Sync.Execution;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dataverse.Sync;

internal static class SyncEngineOptionsExtensions
{
    /// <summary>The services of an engine, with the default of every option that was left out.</summary>
    public static EngineServices ToServices(this SyncEngineOptions options)
    {
        var store = options.Store!;
        var scope = options.Scope ?? new($"{options.Local.Identity}|{options.Integration.Identity}");
        var catalog = new MappingCatalog([.. options.Mappings]);
        var ownScope = new EngineScope(scope, new(options.Local, options.Integration), store);
        var logger = new GuardedLogger(
            (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger<SyncEngine>());
        return new()
        {
            Systems = new(options.Local, options.Integration),
            Store = new(store, new(catalog)),
            JobLog = options.JobLog ?? store as ISyncJobLog ?? new InMemorySyncJobLog(),
            Rules = options.Rules,
            Scope = ownScope,
            TimeProvider = options.TimeProvider,
            Logger = logger,
            LeaseDuration = options.LeaseDuration,
            UncertainWriteWindow = options.UncertainWriteWindow,
            SchemaLifetime = options.SchemaLifetime,
            MaxConcurrentMappings = options.MaxConcurrentMappings,
            Catalog = catalog,
            Overrides = new(store as IOverrideStore, ownScope.FindAsync, catalog, options.NamedCode, logger),
            NewId = options.NewId ?? (() => SequentialGuid.Create(options.TimeProvider)),
            NewRecordIds = options.NewRecordIds,
        };
    }
}
