using Microsoft.Extensions.Logging;

namespace Dataverse.Sync;

/// <summary>The connectors, stores, mappings, and settings of a <see cref="SyncEngine"/>.</summary>
/// <remarks>
/// The constructor of the engine validates the options and reports every problem in one
/// <see cref="SyncConfigurationException"/>. Whether the mappings suit each other and the tables is validated when they
/// are first used.
/// </remarks>
public sealed record SyncEngineOptions
{
    /// <summary>
    /// The connector of the local side: Business Central, or the line-of-business system in its place.
    /// </summary>
    public required ITableConnector Local { get; init; }

    /// <summary>The connector of the integration side: Dataverse.</summary>
    public required ITableConnector Integration { get; init; }

    /// <summary>
    /// Stores everything that must survive a run: couplings, checkpoints, the journal, failed records, and conflicts.
    /// </summary>
    /// <value>
    /// The default is null, which is refused. For tests, use an <see cref="InMemoryCouplingStore"/>, which loses
    /// everything with the process.
    /// </value>
    public ICouplingStore? Store { get; init; }

    /// <summary>Stores the history of jobs.</summary>
    /// <value>
    /// The default is null: <see cref="Store"/> is used if it is a job log as well, and otherwise the history is kept
    /// in memory.
    /// </value>
    public ISyncJobLog? JobLog { get; init; }

    /// <summary>The mappings. Their names must be unique without regard to letter case.</summary>
    /// <value>The default is empty.</value>
    /// <remarks>
    /// The list is copied. <see cref="MappingCatalog.Reset"/> returns a mapping to its state in this list.
    /// </remarks>
    public IReadOnlyList<IIntegrationTableMapping> Mappings { get; init; } = [];

    /// <summary>
    /// The rules that are called for the records of every mapping, in this order and before the rules of the mapping
    /// itself.
    /// </summary>
    /// <value>The default is empty.</value>
    public IReadOnlyList<ISyncRule> Rules { get; init; } = [];

    /// <summary>The rules and converters to which stored mappings refer by name; see <see cref="SyncOverrides"/>.</summary>
    /// <value>The default is empty. A rule or converter without a name can be used, but a change of it not stored.</value>
    public NamedCode NamedCode { get; init; } = new();

    /// <summary>Identifies the pair of company and organization in the store. Its name must not be empty.</summary>
    /// <value>The default is null, which joins the <see cref="ITableConnector.Identity"/> of both connectors.</value>
    /// <remarks>
    /// Everything stored belongs to a scope. If the store remembers the systems of its scopes and the services tell their
    /// ids (<see cref="IScopeRegister"/>, <see cref="ITableConnector.IdentifyAsync"/>), these decide which stored scope is
    /// used, and the name only matters for a new one. Otherwise an engine with another scope finds no couplings and starts
    /// from the beginning.
    /// </remarks>
    public SyncScope? Scope { get; init; }

    /// <summary>
    /// The clock for stored times, retries, and leases. Change detection uses the time stamps of the systems instead.
    /// </summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Creates the logger of the engine, with <see cref="SyncEngine"/> as its category. Log messages contain no field
    /// values.
    /// </summary>
    /// <value>The default is null, which logs nothing.</value>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>
    /// Creates the ids of new records and of jobs, journal entries, and conflicts. Each must be unique. Called by several runs
    /// at the same time.
    /// </summary>
    /// <value>
    /// The default is null, which creates ids that ascend in the order of SQL Server's indexes, as Dataverse
    /// recommends.
    /// </value>
    public Func<Guid>? NewId { get; init; }

    /// <summary>
    /// How the ids of new records are chosen in systems that let the engine choose them, such as Dataverse.
    /// </summary>
    /// <value>The default is <see cref="NewRecordIds.Sequential"/>.</value>
    /// <remarks>
    /// <para>With <see cref="NewRecordIds.DerivedFromSource"/>, an engine whose coupling store was lost or restored meets
    /// "already exists" where it would create a record a second time, and adopts the record. Derived ids do not ascend,
    /// which makes inserts into a large table slower. Only records that were created with them are recognized.</para>
    /// <para>A record that is created again because its partner was deleted gets another id, so that the deleted one can
    /// still be restored from a recycle bin.</para>
    /// </remarks>
    public NewRecordIds NewRecordIds { get; init; }

    /// <summary>
    /// How long the lease of a mapping is valid without a renewal. A run renews its lease three times in this period.
    /// </summary>
    /// <value>From one second to one day. The default is one minute.</value>
    /// <remarks>After a crash, no other run of the mapping can start until the lease has expired.</remarks>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a system may still be processing a request whose response was lost.</summary>
    /// <value>
    /// From one second to 30 days. The default is ten minutes, the time limit of Business Central's gateway.
    /// </value>
    /// <remarks>
    /// The period begins at the time by which the request had to leave, see <see cref="WriteBatch.SendBefore"/>. Within
    /// it an uncertain insert into a system that chooses its own ids is not repeated: the record waits
    /// with <see cref="SyncErrorCodes.OutcomeUnknown"/>. A shorter period makes duplicates possible. An insert whose id
    /// the engine chose is repeated without delay, under the same id.
    /// </remarks>
    public TimeSpan UncertainWriteWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the schemas of the tables are used before a run reads them again.</summary>
    /// <value>From zero, which reads them for every run, to 30 days. The default is one hour.</value>
    /// <remarks>
    /// A run also reads the schemas of its mapping again, at most once, if a response or a value contradicts them, and
    /// <see cref="SyncEngine.ValidateAsync"/> always does.
    /// </remarks>
    public TimeSpan SchemaLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How many mappings a run of all mappings runs at the same time.</summary>
    /// <value>
    /// From 1, which runs them one after the other, to 64. The default is 4, which covers the mappings that a typical set-up can
    /// run at once and leaves most of the memory and of the service's limits to others.
    /// </value>
    /// <remarks>
    /// <para>At the same time run only mappings that do not need each other. A mapping waits for its
    /// <see cref="IIntegrationTableMapping.Dependencies"/>, and for those through which its lookups lead. Mappings over the same pair
    /// of tables, and mappings whose lookups lead round in a circle, run one after the other. So do the mappings of a preview, and
    /// of a run with <see cref="SyncRunOptions.StopsAtFirstFailure"/>.</para>
    /// <para>The number of requests that a connector sends at the same time is limited by the connector, for all mappings
    /// together. Each running mapping holds its own page of records in memory. Rules are called by the runs of several
    /// mappings at the same time; see <see cref="ISyncRule"/>.</para>
    /// </remarks>
    public int MaxConcurrentMappings { get; init; } = 4;
}
