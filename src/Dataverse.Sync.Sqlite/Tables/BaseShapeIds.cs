using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Sqlite;

/// <summary>
/// The ids of the base shapes that a commit uses. Shapes that the file does not contain yet are added to it.
/// </summary>
internal sealed class BaseShapeIds(FileConnection connection)
{
    private readonly Dictionary<BaseShape, long> ids = [];
    private BaseShape? lastShape;
    private long lastId;

    /// <summary>The id of the shape of a base; null if there is no base.</summary>
    public long? Of(SynchronizedBase? synchronized) => synchronized is null ? null : Of(synchronized.Shape);

    // The couplings of a page usually share one instance, so that its field mappings are hashed once.
    private long Of(BaseShape shape)
    {
        if (ReferenceEquals(shape, lastShape))
        {
            return lastId;
        }

        if (!ids.TryGetValue(shape, out var id))
        {
            id = Store(BaseShapeCodec.Write(shape));
            ids.Add(shape, id);
        }

        lastShape = shape;
        lastId = id;
        return id;
    }

    private long Store(byte[] fieldMappings)
    {
        _ = connection.Prepared("INSERT INTO base_shape (field_mappings) VALUES (?1) ON CONFLICT DO NOTHING")
            .Bind(1, fieldMappings).Execute();
        return connection.Prepared("SELECT id FROM base_shape WHERE field_mappings = ?1")
            .Bind(1, fieldMappings).FirstOrDefault(row => row.Int64(0));
    }
}
