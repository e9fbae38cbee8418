using Microsoft.Extensions.Logging;

namespace Dataverse.Sync;

/// <summary>The settings of a <see cref="SyncEngine"/>.</summary>
/// <remarks>
/// The constructor of the engine checks them and reports every problem in one <see cref="SyncConfigurationException"/>. Whether the
/// mappings fit each other and the tables is checked at their first use.
/// </remarks>
public sealed record SyncEngineOptions
{
    /// <summary>The line-of-business system.</summary>
    public required ITableConnector Local { get; init; }

    /// <summary>The integration system.</summary>
    public required ITableConnector Integration { get; init; }

    /// <summary>The store of couplings and of everything else that a restart must not lose.</summary>
    /// <value>The default keeps them in memory, which is for tests only.</value>
    public ICouplingStore? Store { get; init; }

    /// <summary>The history of jobs.</summary>
    /// <value>The default is the store if it is a job log too, otherwise memory.</value>
    public ISyncJobLog? JobLog { get; init; }

    /// <summary>The mappings; their names are unique.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<IIntegrationTableMapping> Mappings { get; init; } = [];

    /// <summary>The rules that see every mapping's records, in order.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<ISyncRule> Rules { get; init; } = [];

    /// <summary>The two systems' company and organization; its name is not empty.</summary>
    /// <value>The default joins the identities of the two connectors.</value>
    public SyncScope? Scope { get; init; }

    /// <summary>The clock.</summary>
    /// <value>The default is the system's clock.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The destination of log messages.</summary>
    /// <value>The default writes none.</value>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>A function that creates the ids of new records and of the engine's own entries; each must be unique.</summary>
    /// <value>The default creates ids that ascend in the order of SQL Server's indexes, as Dataverse prefers.</value>
    public Func<Guid>? NewId { get; init; }

    /// <summary>
    /// How long a run's hold on its mapping lasts unless renewed; it is renewed three times as often. After a crash nobody else can run
    /// the mapping for so long.
    /// </summary>
    /// <value>From one second to one day. The default is one minute.</value>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a system may still be working on a request whose answer was lost. Where the system chooses ids, a record whose insert
    /// is uncertain is not inserted again before.
    /// </summary>
    /// <value>From zero to 30 days. The default is ten minutes, the limit of Business Central's gateway.</value>
    public TimeSpan UncertainWriteWindow { get; init; } = TimeSpan.FromMinutes(10);
}
