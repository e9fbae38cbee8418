using System.Runtime.CompilerServices;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>
/// One company of Business Central as a system whose tables are synchronized, over API v2.0 and custom API pages.
/// </summary>
/// <remarks>
/// <para>A table's name is its entity set, such as <c>customers</c>, unless <see cref="BusinessCentralOptions.Tables"/>
/// says otherwise. Values come in the service's own types: codes and enumeration members as text, amounts as decimal
/// numbers; the service's blank conventions (empty text, zero GUID, year one) become blanks and back.</para>
/// <para>The service keeps no trace of deletions and chooses the ids of new records; see
/// <see cref="TableSchema"/>.</para>
/// <para>Safe for concurrent use. Disposing the connector disposes the HTTP client that it created.</para>
/// </remarks>
public sealed class BusinessCentralConnector : ITableConnector, IDisposable
{
    private readonly ServiceConnection service;
    private readonly TableCatalog catalog;
    private readonly ChangeFeed feed;
    private readonly RecordLookup lookup;
    private readonly NestedReader nested;
    private readonly TableWriter writer;
    private readonly TimeProvider timeProvider;
    private readonly Diagnosis diagnosis;

    /// <summary>Creates a connector. No request is sent.</summary>
    /// <param name="options">The options. Changes after this call have no effect.</param>
    /// <param name="timeProvider">The clock for pauses and time limits; null for the system clock.</param>
    /// <param name="logger">Receives warnings and diagnostics, never values; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">Options are missing or invalid; the message lists every
    /// problem.</exception>
    public BusinessCentralConnector(
        BusinessCentralOptions options,
        TimeProvider? timeProvider = null,
        ILogger<BusinessCentralConnector>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsValidator.Validate(options);
        ILogger log = new GuardedLogger((ILogger?)logger ?? NullLogger.Instance);
        this.timeProvider = timeProvider ?? TimeProvider.System;
        service = new ServiceConnection(options, this.timeProvider, log);
        var tables = new Dictionary<string, BusinessCentralTableOptions>(options.Tables, StringComparer.Ordinal);
        catalog = new TableCatalog(service, tables);
        Subscriptions = new BusinessCentralSubscriptions(service, tables);
        var batches = new BatchSender(service, options.CountsBatchParts);
        var pages = new RecordPages(service, batches);
        var bulk = new BulkReader(service, batches, pages, options.BatchSize);
        feed = new ChangeFeed(service, pages, FeedSettings.Of(options), log);
        lookup = new RecordLookup(service, pages, bulk, options.PageSize);
        nested = new NestedReader(service, pages, bulk, options.PageSize);
        writer = new TableWriter(service, batches, lookup, options.BatchSize, this.timeProvider, log);
        diagnosis = new Diagnosis(service, catalog, options);
        Identity = $"{service.Addresses.Environment}/{service.ConfiguredCompany}".ToLowerInvariant();
    }

    /// <inheritdoc/>
    public string Name => ServiceConnection.SystemName;

    /// <summary>
    /// Host, environment, and company, the last as <see cref="BusinessCentralOptions.Company"/> names it; in lower
    /// case.
    /// </summary>
    public string Identity { get; }

    /// <summary>The webhook subscriptions of the company.</summary>
    public BusinessCentralSubscriptions Subscriptions { get; }

    /// <inheritdoc/>
    public TimeSpan PausedFor => service.PausedFor;

    /// <inheritdoc/>
    /// <remarks>The id of the company, and its name. The company is looked up once.</remarks>
    public async Task<SystemIdentity?> IdentifyAsync(CancellationToken cancellationToken)
    {
        var company = await service.CompanyAsync(cancellationToken).ConfigureAwait(false);
        return new(company.Id.ToString("D")) { Name = company.Name };
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The metadata of each API serves all its tables, until a table is asked for a second time. Then it is read again. The
    /// company is looked up, so that a wrong one is noticed here.
    /// </remarks>
    public async Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        _ = await service.PathAsync(table, cancellationToken).ConfigureAwait(false);
        var definition = await catalog.ReadAsync(table, cancellationToken).ConfigureAwait(false);
        return definition?.Schema;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChangePage> ReadChangesAsync(
        ChangeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var table = await catalog.GetAsync(query.Table, cancellationToken).ConfigureAwait(false);
        if (table.IsNested)
        {
            var shape = table.Shape(query.Fields.Concat(query.Filter?.Fields ?? []));
            var records = await nested.ReadAllAsync(table, shape, cancellationToken).ConfigureAwait(false);
            yield return new ChangePage
            {
                Records = records,
                Coverage = ChangeCoverage.WholeTable,
                Checkpoint = default(ChangePosition).ToCheckpoint(),
            };
            yield break;
        }

        await foreach (var page in feed.ReadAsync(table, query, cancellationToken).ConfigureAwait(false))
        {
            yield return page;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var table = await catalog.GetAsync(query.Table, cancellationToken).ConfigureAwait(false);
        var shape = table.Shape(query.Fields);
        if (!table.IsNested)
        {
            return await lookup.ByIdAsync(table, shape, query.Ids, cancellationToken).ConfigureAwait(false);
        }

        var wanted = query.Ids.ToHashSet();
        var all = await nested.ReadAllAsync(table, shape, cancellationToken).ConfigureAwait(false);
        return [.. all.Where(record => wanted.Contains(record.Id)).DistinctBy(record => record.Id)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var table = await catalog.GetAsync(query.Table, cancellationToken).ConfigureAwait(false);
        var shape = table.Shape(query.Fields.Append(query.Field));
        var field = table.Schema.Find(query.Field);
        var wanted = query.Values is null
            ? null
            : new ValueSet(query.Values.Where(value => FieldLimits.CanHold(field, value)));
        if (wanted is { Count: 0 })
        {
            return [];
        }

        return table.IsNested
            ? await nested.FindAsync(table, shape, query.Field, wanted, cancellationToken).ConfigureAwait(false)
            : await lookup.ByValueAsync(table, shape, query.Field, wanted, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(
        string table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        var definition = await catalog.GetAsync(table, cancellationToken).ConfigureAwait(false);
        var shape = definition.Shape([], withStamp: false);
        if (definition.IsNested)
        {
            var all = await nested.ReadAllAsync(definition, shape, cancellationToken).ConfigureAwait(false);
            yield return [.. all.DistinctBy(record => record.Id).Select(record => new RecordVersion(record.Id, record.Version))];
            yield break;
        }

        await foreach (var page in lookup.AllAsync(definition, shape, cancellationToken).ConfigureAwait(false))
        {
            yield return [.. page.Select(record => new RecordVersion(record.Id, record.Version))];
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DiagnosisFinding>> DiagnoseAsync(DiagnosisQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return diagnosis.RunAsync(query, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// An insert whose answer is lost is <see cref="WriteStatus.Unknown"/>: the service has no way to recognize a
    /// repetition.
    /// </remarks>
    public async Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var deadline = new SendDeadline(batch.SendBefore, batch.Clock ?? timeProvider);
        var table = await catalog.GetAsync(batch.Table, cancellationToken).ConfigureAwait(false);
        return await writer.WriteAsync(table, batch.Operations, deadline, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        catalog.Dispose();
        service.Dispose();
    }
}
