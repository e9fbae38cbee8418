using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dataverse.Sync.Execution;

/// <summary>What all runs of an engine share, with every default filled in.</summary>
internal sealed class EngineServices
{
    public EngineServices(SyncEngineOptions options)
    {
        Local = options.Local;
        Integration = options.Integration;
        TimeProvider = options.TimeProvider;
        Store = options.Store ?? new InMemoryCouplingStore(options.TimeProvider);
        JobLog = options.JobLog ?? Store as ISyncJobLog ?? new InMemorySyncJobLog();
        Rules = options.Rules;
        Scope = options.Scope ?? new($"{Local.Identity}|{Integration.Identity}");
        Logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger<SyncEngine>();
        LeaseDuration = options.LeaseDuration;
        UncertainWriteWindow = options.UncertainWriteWindow;
        Catalog = new([.. options.Mappings]);
        NewId = options.NewId ?? (() => SequentialGuid.Create(options.TimeProvider));
    }

    private EngineServices(EngineServices other, ICouplingStore store, ISyncJobLog jobLog)
    {
        Local = other.Local;
        Integration = other.Integration;
        TimeProvider = other.TimeProvider;
        Store = store;
        JobLog = jobLog;
        Rules = other.Rules;
        Scope = other.Scope;
        Logger = NullLogger.Instance;
        LeaseDuration = other.LeaseDuration;
        UncertainWriteWindow = other.UncertainWriteWindow;
        Catalog = other.Catalog;
        NewId = other.NewId;
    }

    public ITableConnector Local { get; }

    public ITableConnector Integration { get; }

    public ICouplingStore Store { get; }

    public ISyncJobLog JobLog { get; }

    public IReadOnlyList<ISyncRule> Rules { get; }

    public SyncScope Scope { get; }

    public TimeProvider TimeProvider { get; }

    public ILogger Logger { get; }

    public TimeSpan LeaseDuration { get; }

    public TimeSpan UncertainWriteWindow { get; }

    public MappingCatalog Catalog { get; }

    public Func<Guid> NewId { get; }

    /// <summary>The same services over another store and log.</summary>
    public EngineServices Over(ICouplingStore store, ISyncJobLog jobLog) => new(this, store, jobLog);

    public MappingKey KeyOf(string mapping) => new(Scope.Name, mapping);
}
