using System.Collections.Concurrent;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>The URL segments of the tables that lookups are written to.</summary>
internal sealed class EntitySets(TableCatalog catalog, MetadataReader reader)
{
    private readonly ConcurrentDictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>The URL segment of each table.</summary>
    /// <exception cref="ConnectorException">The service has no such table.</exception>
    public async ValueTask<IReadOnlyDictionary<string, string>> OfAsync(
        IReadOnlyCollection<string> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            if (catalog.Find(table) is { } definition)
            {
                known[table] = definition.EntitySetName;
            }
            else if (!known.ContainsKey(table))
            {
                var entity = await reader.ReadEntityAsync(table, cancellationToken).ConfigureAwait(false);
                known[table] = entity?.EntitySetName ?? throw catalog.NoTable(table);
            }
        }

        return known;
    }
}
