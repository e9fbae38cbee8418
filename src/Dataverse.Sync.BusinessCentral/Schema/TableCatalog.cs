using System.Collections.Concurrent;
using System.Xml;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>The tables of the company, from the metadata of each API route in use.</summary>
/// <remarks>
/// The metadata of a route describes all its tables, so one reading serves all of them. It is kept until the schema of a
/// table is asked for a second time: who asks again wants to know what has changed.
/// </remarks>
internal sealed class TableCatalog(
    ServiceConnection service, IReadOnlyDictionary<string, BusinessCentralTableOptions> options) : IDisposable
{
    private readonly ConcurrentDictionary<string, AsyncOnce<RouteModel>> routes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TableDefinition> tables = new(StringComparer.Ordinal);

    /// <summary>Finds a table as the service describes it now; null when there is none.</summary>
    /// <exception cref="SyncConfigurationException">The options contradict the metadata.</exception>
    public ValueTask<TableDefinition?> ReadAsync(string table, CancellationToken cancellationToken) =>
        FindAsync(table, isAskedAnew: true, cancellationToken);

    /// <summary>Finds a table that must exist, as it was described last.</summary>
    /// <exception cref="ConnectorException">It does not exist.</exception>
    public async ValueTask<TableDefinition> GetAsync(string table, CancellationToken cancellationToken)
    {
        if (tables.TryGetValue(table, out var known))
        {
            return known;
        }

        return await FindAsync(table, isAskedAnew: false, cancellationToken).ConfigureAwait(false)
            ?? throw new ConnectorException(
                ServiceConnection.SystemName,
                ConnectorFailure.NotFound,
                $"Business Central: there is no table '{table}'.")
            {
                ContradictsSchema = true,
            };
    }

    public void Dispose()
    {
        foreach (var route in routes.Values)
        {
            route.Dispose();
        }
    }

    private async ValueTask<TableDefinition?> FindAsync(
        string table, bool isAskedAnew, CancellationToken cancellationToken)
    {
        var settings = options.GetValueOrDefault(table);
        var root = service.Addresses.Root(settings?.Route);
        var entitySet = settings?.EntitySet ?? table;
        if (StandardTables.Unscoped.Contains(entitySet))
        {
            return null;
        }

        var route = routes.GetOrAdd(root, _ => new AsyncOnce<RouteModel>(token => ReadRouteAsync(root, token)));
        var before = route.Value;
        var read = await route.GetAsync(cancellationToken).ConfigureAwait(false);

        // Callers that ask at the same time share one reading.
        if (isAskedAnew && !read.Answered.TryAdd(table, 0) && ReferenceEquals(read, before))
        {
            read = await route.RenewAsync(read, cancellationToken).ConfigureAwait(false);
            _ = read.Answered.TryAdd(table, 0);
        }

        return Define(table, entitySet, root, settings, read.Model);
    }

    private TableDefinition? Define(
        string table, string entitySet, string root, BusinessCentralTableOptions? settings, EntityModel model)
    {
        if (!model.Sets.TryGetValue(entitySet, out var set)
            && !(IsNested(entitySet, settings) && model.Children.TryGetValue(entitySet, out set)))
        {
            _ = tables.TryRemove(table, out _);
            return null;
        }

        var definition = SchemaBuilder.Build(table, root, entitySet, set, settings);
        return SchemaBuilder.ProblemsOf(definition, settings).ToList() is { Count: > 0 } problems
            ? throw new SyncConfigurationException(problems)
            : tables[table] = definition;
    }

    private static bool IsNested(string entitySet, BusinessCentralTableOptions? settings) =>
        (settings is { Parents.Count: > 0 } ? settings : StandardTables.Find(entitySet))?.Parents.Count > 0;

    private async Task<RouteModel> ReadRouteAsync(string root, CancellationToken cancellationToken)
    {
        const string Operation = "read the metadata";
        var address = service.Addresses.Absolute(root, "$metadata");
        using var answer = await service.GetAsync(address, Operation, cancellationToken, mediaType: "application/xml")
            .ConfigureAwait(false);
        try
        {
            return new RouteModel(MetadataReader.Read(answer.Body));
        }
        catch (Exception exception) when (exception is XmlException or ArgumentException)
        {
            throw ServiceConnection.Malformed(Operation, exception);
        }
    }

    /// <summary>The metadata of a route, with the tables whose schemas were asked for since it was read.</summary>
    private sealed record RouteModel(EntityModel Model)
    {
        public ConcurrentDictionary<string, byte> Answered { get; } = new(StringComparer.Ordinal);
    }
}
