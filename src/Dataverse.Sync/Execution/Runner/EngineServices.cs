using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dataverse.Sync.Execution;

/// <summary>What all runs of an engine share, with every default filled in.</summary>
internal sealed record EngineServices
{
    public EngineServices(SyncEngineOptions options)
    {
        Systems = new(options.Local, options.Integration);
        TimeProvider = options.TimeProvider;
        Store = options.Store ?? new InMemoryCouplingStore(options.TimeProvider);
        JobLog = options.JobLog ?? Store as ISyncJobLog ?? new InMemorySyncJobLog();
        Rules = options.Rules;
        Scope = options.Scope ?? new($"{options.Local.Identity}|{options.Integration.Identity}");
        Logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger<SyncEngine>();
        LeaseDuration = options.LeaseDuration;
        UncertainWriteWindow = options.UncertainWriteWindow;
        Catalog = new([.. options.Mappings]);
        NewId = options.NewId ?? (() => SequentialGuid.Create(options.TimeProvider));
    }

    public Sides<ITableConnector> Systems { get; }

    public ICouplingStore Store { get; private init; }

    public ISyncJobLog JobLog { get; private init; }

    public IReadOnlyList<ISyncRule> Rules { get; }

    public SyncScope Scope { get; }

    public TimeProvider TimeProvider { get; }

    public ILogger Logger { get; private init; }

    public TimeSpan LeaseDuration { get; }

    public TimeSpan UncertainWriteWindow { get; }

    public MappingCatalog Catalog { get; }

    public Func<Guid> NewId { get; }

    /// <summary>The same services for a preview: another store and log, and no log messages.</summary>
    public EngineServices ForPreview(ICouplingStore store, ISyncJobLog jobLog) =>
        this with { Store = store, JobLog = jobLog, Logger = NullLogger.Instance };

    /// <summary>The key under which a store keeps a mapping.</summary>
    public MappingKey KeyOf(string mapping) => new(Scope.Name, mapping);
}
