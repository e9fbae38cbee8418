using System.Collections.Concurrent;
using System.Xml;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>The tables of the company, from the metadata of each API route in use; read once and kept.</summary>
internal sealed class TableCatalog(
    ServiceConnection service, IReadOnlyDictionary<string, BusinessCentralTableOptions> options) : IDisposable
{
    private readonly ConcurrentDictionary<string, AsyncOnce<EntityModel>> models = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TableDefinition> tables = new(StringComparer.Ordinal);

    /// <summary>Finds a table; null when there is none.</summary>
    /// <exception cref="SyncConfigurationException">The options contradict the metadata.</exception>
    public async ValueTask<TableDefinition?> FindAsync(string table, CancellationToken cancellationToken)
    {
        if (tables.TryGetValue(table, out var known))
        {
            return known;
        }

        var settings = options.GetValueOrDefault(table);
        var root = service.Addresses.Root(settings?.Route);
        var entitySet = settings?.EntitySet ?? table;
        if (StandardTables.Unscoped.Contains(entitySet))
        {
            return null;
        }

        var reading = models.GetOrAdd(root, _ => new AsyncOnce<EntityModel>(token => ReadModelAsync(root, token)));
        var model = await reading.GetAsync(cancellationToken).ConfigureAwait(false);
        if (!model.Sets.TryGetValue(entitySet, out var set)
            && !(IsNested(entitySet, settings) && model.Children.TryGetValue(entitySet, out set)))
        {
            return null;
        }

        var definition = SchemaBuilder.Build(table, root, entitySet, set, settings);
        return SchemaBuilder.ProblemsOf(definition, settings).ToList() is { Count: > 0 } problems
            ? throw new SyncConfigurationException(problems)
            : tables.GetOrAdd(table, definition);
    }

    /// <summary>Finds a table that must exist.</summary>
    /// <exception cref="ConnectorException">It does not.</exception>
    public async ValueTask<TableDefinition> GetAsync(string table, CancellationToken cancellationToken) =>
        await FindAsync(table, cancellationToken).ConfigureAwait(false)
        ?? throw new ConnectorException(
            ServiceConnection.SystemName,
            ConnectorFailure.NotFound,
            $"Business Central: there is no table '{table}'.");

    public void Dispose()
    {
        foreach (var model in models.Values)
        {
            model.Dispose();
        }
    }

    private static bool IsNested(string entitySet, BusinessCentralTableOptions? settings) =>
        (settings is { Parents.Count: > 0 } ? settings : StandardTables.Find(entitySet))?.Parents.Count > 0;

    private async Task<EntityModel> ReadModelAsync(string root, CancellationToken cancellationToken)
    {
        const string Operation = "read the metadata";
        var address = service.Addresses.Absolute(root, "$metadata");
        using var answer = await service.GetAsync(address, Operation, cancellationToken, mediaType: "application/xml")
            .ConfigureAwait(false);
        try
        {
            return MetadataReader.Read(answer.Body);
        }
        catch (Exception exception) when (exception is XmlException or ArgumentException)
        {
            throw ServiceConnection.Malformed(Operation, exception);
        }
    }
}
