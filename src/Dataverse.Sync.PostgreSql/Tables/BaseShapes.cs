using System.Collections.Concurrent;

namespace Dataverse.Sync.PostgreSql;

/// <summary>The base shapes that the store is known to contain, so that all bases of one shape share one instance.</summary>
/// <remarks>Safe for concurrent calls. PostgreSQL never gives an id a second time, and shapes are never removed.</remarks>
internal sealed class BaseShapes
{
    private readonly ConcurrentDictionary<long, BaseShape> shapes = new();
    private readonly ConcurrentDictionary<BaseShape, long> ids = new();

    /// <summary>The id of a shape, or null if it is not known.</summary>
    public long? IdOf(BaseShape shape) => ids.TryGetValue(shape, out var id) ? id : null;

    /// <summary>Remembers shapes of a transaction that was committed.</summary>
    public void Remember(IEnumerable<KeyValuePair<BaseShape, long>> stored)
    {
        foreach (var (shape, id) in stored)
        {
            _ = shapes.TryAdd(id, shape);
            _ = ids.TryAdd(shape, id);
        }
    }

    /// <summary>The shape with an id, which was loaded before.</summary>
    /// <exception cref="FormatException">The store does not contain the shape.</exception>
    public BaseShape Get(long id) => shapes.TryGetValue(id, out var shape)
        ? shape
        : throw new FormatException($"The store does not contain base shape {id}.");

    /// <summary>Loads those of the shapes that are not known.</summary>
    public async Task LoadAsync(
        StoreConnection connection, IEnumerable<long?> wanted, CancellationToken cancellationToken)
    {
        long[] missing = [.. wanted.OfType<long>().Where(id => !shapes.ContainsKey(id)).Distinct()];
        if (missing.Length > 0)
        {
            Remember(await connection.ListAsync(
                new Statement("SELECT id, field_mappings FROM [schema].base_shape WHERE id = any($1)").Numbers(missing),
                BaseShapeTable.Read,
                cancellationToken).ConfigureAwait(false));
        }
    }
}
