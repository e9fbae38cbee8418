using System.Runtime.CompilerServices;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.PowerPlatform.Dataverse.Client;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Microsoft Dataverse over the organization service, such as a <see cref="ServiceClient"/>.</summary>
/// <remarks>
/// <para>Tables and fields have their logical names. A choice, a state, and a status hold the option's number. Schemas,
/// values, and versions are those of the Web API connector, so an application can switch from one to the other with its
/// couplings.</para>
/// <para>Changes are read by change tracking where the table has it, else by <c>modifiedon</c>. New records are created
/// by CreateMultiple with the ids that the engine chose; updates and deletions travel in ExecuteMultiple requests, each
/// under the condition of the version that was read. A write whose response is lost is decided by reading the
/// record.</para>
/// <para>One instance of the service serves parallel calls. It belongs to the application and is not disposed.</para>
/// <para>The definition of a table is kept until its schema is asked for again. Safe for concurrent use.</para>
/// </remarks>
public sealed class OrganizationServiceConnector : ITableConnector, IChoiceEditor, IDisposable
{
    private readonly OrganizationServiceOptions options;
    private readonly TimeProvider timeProvider;
    private readonly ILogger logger;
    private readonly ServiceConnection service;
    private readonly BatchSender batches;
    private readonly MetadataReader metadata;
    private readonly TableCatalog catalog;
    private readonly RecordPages pages;
    private readonly RecordLookup lookup;

    /// <summary>Creates a connector. No request is sent.</summary>
    /// <param name="service">The service, which stays the application's.</param>
    /// <param name="options">The options, or null for the defaults. Changes after this call have an undefined
    /// effect.</param>
    /// <param name="timeProvider">The clock for pauses and time limits; null for the system clock.</param>
    /// <param name="logger">Receives warnings and diagnostics, never values; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="service"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">Options are invalid; the message lists every problem.</exception>
    public OrganizationServiceConnector(
        IOrganizationServiceAsync2 service,
        OrganizationServiceOptions? options = null,
        TimeProvider? timeProvider = null,
        ILogger<OrganizationServiceConnector>? logger = null)
        : this(Constant(service), options ?? new(), timeProvider, logger)
    {
    }

    /// <summary>Creates a connector whose service is made when it is first needed. No request is sent.</summary>
    /// <param name="service">Returns the service, which stays the application's. Called before the first request, and
    /// again only if it failed.</param>
    /// <param name="options">The options. Changes after this call have an undefined effect.</param>
    /// <param name="timeProvider">The clock for pauses and time limits; null for the system clock.</param>
    /// <param name="logger">Receives warnings and diagnostics, never values; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="service"/> or <paramref name="options"/> is
    /// null.</exception>
    /// <exception cref="SyncConfigurationException">Options are invalid; the message lists every problem.</exception>
    public OrganizationServiceConnector(
        Func<IOrganizationServiceAsync2> service,
        OrganizationServiceOptions options,
        TimeProvider? timeProvider,
        ILogger<OrganizationServiceConnector>? logger)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(options);
        OptionsValidator.Validate(options);
        this.options = options;
        this.timeProvider = timeProvider ?? TimeProvider.System;
        this.logger = new GuardedLogger((ILogger?)logger ?? NullLogger.Instance);
        this.service = new ServiceConnection(new ServiceSource(service, options), options, this.timeProvider, this.logger);
        batches = new BatchSender(this.service, this.timeProvider, options.RetryDelay);
        var schema = SchemaOptionsOf(options);
        metadata = new MetadataReader(this.service, batches, schema, this.logger);
        catalog = new TableCatalog(metadata, options.Name, schema, this.logger);
        pages = new RecordPages(this.service, options.PageSize);
        lookup = new RecordLookup(this.service, pages, new BulkReader(this.service, batches, pages));
    }

    /// <inheritdoc/>
    public string Name => service.Name;

    /// <summary>
    /// The environment's host, without the <c>.api</c> that some addresses contain: that of the option, or the one that a
    /// <see cref="ServiceClient"/> is connected to. Another service does not tell its address; the id of the organization
    /// stands in its place once it is known, and the name of the system before.
    /// </summary>
    public string Identity =>
        (options.EnvironmentUrl?.Authority ?? service.Source.Host)?.Replace(".api.", ".", StringComparison.Ordinal)
        ?? metadata.OrganizationId?.ToString("D")
        ?? Name;

    /// <inheritdoc/>
    public TimeSpan PausedFor => service.PausedFor;

    /// <inheritdoc/>
    /// <remarks>The id of the organization, which the service tells together with the definition of every table.</remarks>
    public async Task<SystemIdentity?> IdentifyAsync(CancellationToken cancellationToken) =>
        await catalog.OrganizationAsync(cancellationToken).ConfigureAwait(false) is { } id ? new(id.ToString("D")) : null;

    /// <inheritdoc/>
    public async Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        return (await catalog.ReadAsync(table, cancellationToken).ConfigureAwait(false))?.Schema;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChangePage> ReadChangesAsync(
        ChangeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var table = await catalog.GetAsync(query.Table, cancellationToken).ConfigureAwait(false);
        var feed = new ChangeFeed(service, pages, options, logger);
        await foreach (var page in feed.Read(table, query, cancellationToken).ConfigureAwait(false))
        {
            yield return page;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var table = await catalog.GetAsync(query.Table, cancellationToken).ConfigureAwait(false);
        return await lookup.ByIdAsync(Selection.Of(table, query.Fields, Name), query.Ids, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var table = await catalog.GetAsync(query.Table, cancellationToken).ConfigureAwait(false);
        var selection = Selection.Of(table, query.Fields.Append(query.Field), Name);
        if (query.Values is not null)
        {
            return await lookup.ByValueAsync(selection, table.Columns[query.Field], query.Values, cancellationToken)
                .ConfigureAwait(false);
        }

        return await lookup.ReadAllAsync(selection, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(
        string table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        var metadata = await catalog.GetAsync(table, cancellationToken).ConfigureAwait(false);
        await foreach (var page in lookup.AllAsync(Selection.OfKey(metadata), cancellationToken).ConfigureAwait(false))
        {
            yield return [.. page.Select(record => new RecordVersion(record.Id, record.Version))];
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Guid, RecordPresence>> ProbeAsync(
        string table, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentNullException.ThrowIfNull(ids);
        var definition = await catalog.GetAsync(table, cancellationToken).ConfigureAwait(false);
        return await new PresenceReader(service, batches).ReadAsync(definition, ids, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeletionCascade>> GetCascadesAsync(string table, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        return catalog.CascadesAsync(table, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DiagnosisFinding>> DiagnoseAsync(DiagnosisQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new Diagnosis(service, batches, catalog, options).RunAsync(query, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Inserts the option with a label in the base language of the organization, and publishes the table or the global choice.
    /// The caller needs the role of a system customizer.
    /// </remarks>
    public Task<FieldValue> AddOptionAsync(string table, string field, string label, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentException.ThrowIfNullOrEmpty(field);
        ArgumentException.ThrowIfNullOrEmpty(label);
        return new ChoiceEditor(service).AddAsync(table, field, label, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var deadline = new SendDeadline(Earlier(batch.SendBefore), batch.Clock ?? timeProvider);
        var table = await catalog.GetAsync(batch.Table, cancellationToken).ConfigureAwait(false);
        var context = new WriteContext
        {
            Connector = Name,
            Table = table,
            Channel = new WriteChannel(service, batches, new WriteRequests(table, options)),
            Lookup = lookup,
            CreateBatchSize = options.CreateBatchSize,
            UpdateBatchSize = options.UpdateBatchSize,
            RetryDelay = options.RetryDelay,
            Timely = new TimelyWrites(deadline, table.ChecksVersions),
            TimeProvider = timeProvider,
            Logger = logger,
        };
        return await new TableWriter(context).WriteAsync(batch.Operations, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Disposes the clones that the connector made. The service stays the application's.</summary>
    public void Dispose()
    {
        catalog.Dispose();
        service.Dispose();
    }

    private static Func<IOrganizationServiceAsync2> Constant(IOrganizationServiceAsync2 service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return () => service;
    }

    private static SchemaOptions SchemaOptionsOf(OrganizationServiceOptions options) => new()
    {
        UsesChangeTracking = options.ChangeTracking == ChangeTracking.Automatic,
        TrustsOwnIds = options.TrustOwnIdsInCreateMultiple,
        WritableFullNames = options.WritableFullNames,
        NameOrder = (NameOrder?)options.FullNameConvention,
    };

    // What the client may hold back must be on its way before.
    private DateTimeOffset? Earlier(DateTimeOffset? time) => time is not { } end ? null
        : end - DateTimeOffset.MinValue > options.ClientRetryTime ? end - options.ClientRetryTime
        : DateTimeOffset.MinValue;
}
