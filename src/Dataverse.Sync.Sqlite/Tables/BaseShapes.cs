using System.Collections.Concurrent;

namespace Dataverse.Sync.Sqlite;

/// <summary>Base shapes by the number under which the file keeps each once; rows of one shape share one instance.</summary>
/// <remarks>Safe for concurrent calls. Remembers only what was read outside a write, because an uncommitted number may be given away again.</remarks>
internal sealed class BaseShapes
{
    private readonly ConcurrentDictionary<long, BaseShape> byId = new();

    /// <exception cref="FormatException">The file knows no such shape.</exception>
    public BaseShape Get(FileConnection connection, long id) => byId.TryGetValue(id, out var shape)
        ? shape
        : byId.GetOrAdd(id, Load(connection, id));

    private static BaseShape Load(FileConnection connection, long id) =>
        connection.Prepared("SELECT field_mappings FROM base_shape WHERE id = ?1").Bind(1, id)
            .FirstOrDefault(row => BaseShapeCodec.Read(row.Blob(0)))
        ?? throw new FormatException("A stored base has no shape.");
}
