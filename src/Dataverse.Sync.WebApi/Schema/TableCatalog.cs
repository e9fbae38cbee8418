using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.WebApi;

/// <summary>The tables of the environment; each definition is read once and kept for the connector's life.</summary>
internal sealed class TableCatalog(
    ServiceConnection service, BatchSender batches, WebApiOptions options, ILogger logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, TableDefinition> tables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> entitySets = new(StringComparer.Ordinal);
    private readonly MetadataReader reader = new(service, batches, options, logger);
    private readonly SemaphoreSlim loading = new(1, 1);

    /// <summary>Finds a table; null when the service has none of that name.</summary>
    public async ValueTask<TableDefinition?> FindAsync(string table, CancellationToken cancellationToken)
    {
        if (tables.TryGetValue(table, out var known))
        {
            return known;
        }

        // Mappings that share a table may request it at the same time: one of them reads it.
        await loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (tables.TryGetValue(table, out known)
                || await reader.ReadAsync(table, cancellationToken).ConfigureAwait(false) is not { } model)
            {
                return known;
            }

            var definition = service.Guarded($"read the definition of '{table}'", new SchemaBuilder(options, model).Build);
            new ColumnSecurity(model).Report(logger, service.Name);
            entitySets[table] = definition.EntitySetName;
            return tables[table] = definition;
        }
        finally
        {
            _ = loading.Release();
        }
    }

    /// <summary>Gets a table that must exist.</summary>
    /// <exception cref="ConnectorException">The service has no such table.</exception>
    public async ValueTask<TableDefinition> GetAsync(string table, CancellationToken cancellationToken) =>
        await FindAsync(table, cancellationToken).ConfigureAwait(false) ?? throw NoTable(table);

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

    private ConnectorException NoTable(string table) =>
        new(service.Name, ConnectorFailure.NotFound, $"{service.Name}: there is no table '{table}'.");
}
