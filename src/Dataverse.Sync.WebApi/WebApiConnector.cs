using System.Runtime.CompilerServices;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dataverse.Sync.WebApi;

/// <summary>Microsoft Dataverse over its Web API.</summary>
/// <remarks>
/// <para>Tables and fields have their logical names. A lookup is one field with the column's name, such as
/// <c>parentcustomerid</c>; it is read with the table that it refers to and written by that table's navigation
/// property. A choice, a state, and a status hold the option's number.</para>
/// <para>Changes are read by change tracking where the table has it, else by <c>modifiedon</c>. New records are created
/// by CreateMultiple with the ids that the engine chose; updates and deletions travel in batches, each under the
/// condition of the version that was read. A write whose response is lost is decided by reading the record.</para>
/// <para>The definition of a table is kept until its schema is asked for again. Safe for concurrent use.</para>
/// </remarks>
public sealed class WebApiConnector : ITableConnector, IChoiceEditor, IDisposable
{
    private readonly WebApiOptions options;
    private readonly TimeProvider timeProvider;
    private readonly ILogger logger;
    private readonly ServiceConnection service;
    private readonly BatchSender batches;
    private readonly TableCatalog catalog;
    private readonly EntitySets entitySets;
    private readonly RecordPages pages;
    private readonly RecordLookup lookup;

    /// <summary>Creates a connector. No request is sent.</summary>
    /// <param name="options">The options. Changes after this call have an undefined effect.</param>
    /// <param name="timeProvider">The clock for pauses and time limits; null for the system clock.</param>
    /// <param name="logger">Receives warnings and diagnostics, never values; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">Options are missing or invalid; the message lists every
    /// problem.</exception>
    public WebApiConnector(
        WebApiOptions options, TimeProvider? timeProvider = null, ILogger<WebApiConnector>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsValidator.Validate(options);
        this.options = options;
        this.timeProvider = timeProvider ?? TimeProvider.System;
        this.logger = new GuardedLogger((ILogger?)logger ?? NullLogger.Instance);
        service = new ServiceConnection(options, this.timeProvider, this.logger);
        batches = new BatchSender(service, this.timeProvider, options.RetryDelay);
        var schema = SchemaOptionsOf(options);
        var metadata = new MetadataReader(service, batches, schema, this.logger);
        catalog = new TableCatalog(metadata, options.Name, schema, this.logger);
        entitySets = new EntitySets(catalog, metadata);
        pages = new RecordPages(service, batches);
        lookup = new RecordLookup(service, pages, new BulkReader(service, batches, pages, options.PageSize), options.PageSize);
    }

    /// <inheritdoc/>
    public string Name => service.Name;

    /// <summary>The environment's host, without the <c>.api</c> that some addresses contain.</summary>
    public string Identity => service.Addresses.Root.Authority.Replace(".api.", ".", StringComparison.Ordinal);

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

        var records = new List<TableRecord>();
        await foreach (var page in lookup.AllAsync(selection, cancellationToken).ConfigureAwait(false))
        {
            records.AddRange(page);
        }

        return records;
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
        var deadline = new SendDeadline(batch.SendBefore, batch.Clock ?? timeProvider);
        var table = await catalog.GetAsync(batch.Table, cancellationToken).ConfigureAwait(false);
        var sets = await entitySets.OfAsync(ReferencedBy(batch, table), cancellationToken).ConfigureAwait(false);
        var requests = new WriteRequests(service, table, new PayloadBuilder(table, sets), options);
        var context = new WriteContext
        {
            Connector = Name,
            Table = table,
            Channel = new WriteChannel(service, batches, requests, timeProvider),
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

    /// <summary>
    /// Disposes the HTTP client that the connector created. A client or handler from the options is not disposed.
    /// </summary>
    public void Dispose()
    {
        catalog.Dispose();
        service.Dispose();
    }

    private static SchemaOptions SchemaOptionsOf(WebApiOptions options) => new()
    {
        UsesChangeTracking = options.ChangeTracking == ChangeTracking.Automatic,
        TrustsOwnIds = options.TrustOwnIdsInCreateMultiple,
        WritableFullNames = options.WritableFullNames,
        NameOrder = (NameOrder?)options.FullNameConvention,
    };

    private static HashSet<string> ReferencedBy(WriteBatch batch, TableDefinition table)
    {
        var targets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in batch.Operations)
        {
            for (var index = 0; index < operation.Fields.Count; index++)
            {
                var write = operation.Fields[index];
                if (write.Value.Kind is FieldValueKind.Reference or FieldValueKind.Identifier
                    && table.Columns.GetValueOrDefault(write.Field)?.TargetOf(write.Value) is { } target)
                {
                    _ = targets.Add(target.Table);
                }
            }
        }

        return targets;
    }
}
