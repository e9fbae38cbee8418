using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.WebApi;

/// <summary>The tables of the environment; each definition is kept until its schema is asked for a second time.</summary>
internal sealed class TableCatalog(
    ServiceConnection service, BatchSender batches, WebApiOptions options, ILogger logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, TableDefinition> tables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> entitySets = new(StringComparer.Ordinal);
    private readonly HashSet<string> answered = new(StringComparer.Ordinal);
    private readonly MetadataReader reader = new(service, batches, options, logger);
    private readonly SemaphoreSlim loading = new(1, 1);

    /// <summary>The organization, which every reading of a definition tells; null when the service does not.</summary>
    public async ValueTask<Guid?> OrganizationAsync(CancellationToken cancellationToken) =>
        reader.OrganizationId ?? await reader.ReadOrganizationAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Finds a table as the service describes it now; null when the service has none of that name.</summary>
    /// <remarks>
    /// Who asks again wants to know what has changed. Callers that ask at the same time share one reading.
    /// </remarks>
    public async ValueTask<TableDefinition?> ReadAsync(string table, CancellationToken cancellationToken)
    {
        var before = tables.GetValueOrDefault(table);
        await loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var known = tables.GetValueOrDefault(table);
            return known is not null && (answered.Add(table) || !ReferenceEquals(known, before))
                ? known
                : await LoadAsync(table, isAnswered: true, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ = loading.Release();
        }
    }

    /// <summary>Gets a table that must exist, as it was described last.</summary>
    /// <exception cref="ConnectorException">The service has no such table.</exception>
    public async ValueTask<TableDefinition> GetAsync(string table, CancellationToken cancellationToken)
    {
        if (tables.TryGetValue(table, out var known))
        {
            return known;
        }

        await loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return tables.GetValueOrDefault(table)
                ?? await LoadAsync(table, isAnswered: false, cancellationToken).ConfigureAwait(false)
                ?? throw NoTable(table);
        }
        finally
        {
            _ = loading.Release();
        }
    }

    /// <summary>The relationships by which the service deletes further rows.</summary>
    public Task<IReadOnlyList<DeletionCascade>> CascadesAsync(string table, CancellationToken cancellationToken) =>
        reader.ReadCascadesAsync(table, cancellationToken);

    /// <summary>The URL segments of tables that lookups are written to.</summary>
    /// <exception cref="ConnectorException">The service has no such table.</exception>
    public async ValueTask<IReadOnlyDictionary<string, string>> EntitySetsAsync(
        IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            if (!entitySets.ContainsKey(name))
            {
                var definition = await reader.ReadEntityAsync(name, cancellationToken).ConfigureAwait(false);
                entitySets[name] = definition?.EntitySetName ?? throw NoTable(name);
            }
        }

        return entitySets;
    }

    public void Dispose() => loading.Dispose();

    private async Task<TableDefinition?> LoadAsync(string table, bool isAnswered, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(table, cancellationToken).ConfigureAwait(false) is not { } model)
        {
            _ = tables.TryRemove(table, out _);
            _ = answered.Remove(table);
            return null;
        }

        var definition = service.Guarded($"read the definition of '{table}'", new SchemaBuilder(options, model).Build);
        new ColumnSecurity(model).Report(logger, service.Name);
        if (tables.TryGetValue(table, out var earlier) && !earlier.OffersCreateMultiple)
        {
            definition.GiveUpCreateMultiple();
        }

        if (isAnswered)
        {
            _ = answered.Add(table);
        }

        entitySets[table] = definition.EntitySetName;
        return tables[table] = definition;
    }

    private ConnectorException NoTable(string table) =>
        new(service.Name, ConnectorFailure.NotFound, $"{service.Name}: there is no table '{table}'.")
        {
            ContradictsSchema = true,
        };
}
