using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Shared;

/// <summary>The tables of the environment; each definition is kept until its schema is asked for a second time.</summary>
internal sealed class TableCatalog(
    IMetadataReader reader, string connector, SchemaOptions options, ILogger logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, TableDefinition> tables = new(StringComparer.Ordinal);
    private readonly HashSet<string> answered = new(StringComparer.Ordinal);
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

    /// <summary>A table whose definition has been read; null for any other.</summary>
    public TableDefinition? Find(string table) => tables.GetValueOrDefault(table);

    public void Dispose() => loading.Dispose();

    private async Task<TableDefinition?> LoadAsync(string table, bool isAnswered, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(table, cancellationToken).ConfigureAwait(false) is not { } model)
        {
            _ = tables.TryRemove(table, out _);
            _ = answered.Remove(table);
            return null;
        }

        var definition = Build(table, model);
        new ColumnSecurity(model).Report(logger, connector);
        if (tables.TryGetValue(table, out var earlier) && !earlier.OffersCreateMultiple)
        {
            definition.GiveUpCreateMultiple();
        }

        if (isAnswered)
        {
            _ = answered.Add(table);
        }

        return tables[table] = definition;
    }

    private TableDefinition Build(string table, EntityModel model)
    {
        try
        {
            return new SchemaBuilder(options, model).Build();
        }
        catch (FormatException exception)
        {
            throw new ConnectorException(
                connector,
                ConnectorFailure.MalformedAnswer,
                $"{connector}: read the definition of '{table}': the answer is malformed. {exception.Message}",
                exception);
        }
    }

    /// <summary>The failure of a request for a table that does not exist.</summary>
    public ConnectorException NoTable(string table) =>
        new(connector, ConnectorFailure.NotFound, $"{connector}: there is no table '{table}'.")
        {
            ContradictsSchema = true,
        };
}
