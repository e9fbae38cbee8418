using Microsoft.Extensions.Logging;

namespace Dataverse.Sync;

/// <summary>What a <see cref="SyncEngine"/> is made of.</summary>
public sealed record SyncEngineOptions
{
    /// <summary>The line-of-business system.</summary>
    public required ITableConnector Local { get; init; }

    /// <summary>The integration system.</summary>
    public required ITableConnector Integration { get; init; }

    /// <summary>Keeps couplings and everything else that must survive.</summary>
    /// <value>The default keeps them in memory, which is for tests only.</value>
    public ICouplingStore? Store { get; init; }

    /// <summary>Keeps the history of jobs.</summary>
    /// <value>The default is the store, if it is a job log too, else memory.</value>
    public ISyncJobLog? JobLog { get; init; }

    /// <summary>The mappings; their names are unique.</summary>
    public IReadOnlyList<IIntegrationTableMapping> Mappings { get; init; } = [];

    /// <summary>Rules that see every mapping's records, in order.</summary>
    public IReadOnlyList<ISyncRule> Rules { get; init; } = [];

    /// <summary>The two systems' company and organization.</summary>
    /// <value>The default joins the identities of the two connectors.</value>
    public SyncScope? Scope { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where log messages go.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Makes the ids of new records and of the engine's own entries; each must be unique.</summary>
    /// <value>The default makes ids that ascend in the order of SQL Server's indexes, as Dataverse prefers.</value>
    public Func<Guid>? NewId { get; init; }

    /// <summary>How long a run's hold on its mapping lasts unless renewed; it is renewed three times as often. After a crash nobody else can run the mapping for so long.</summary>
    /// <value>The default is one minute.</value>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a system may still be working on a request whose answer was lost. A record whose creation was lost, where the system chooses
    /// ids, is not created again before.
    /// </summary>
    /// <value>The default is ten minutes, the limit of Business Central's gateway.</value>
    public TimeSpan UncertainWriteWindow { get; init; } = TimeSpan.FromMinutes(10);
}
