namespace Dataverse.Sync.Sqlite;

/// <summary>The numbers of the base shapes that one commit stores; a new shape is added to the file.</summary>
internal sealed class BaseShapeNumbers(FileConnection connection)
{
    private readonly Dictionary<BaseShape, long> numbers = [];
    private BaseShape? lastShape;
    private long lastNumber;

    public long? Of(SynchronizedBase? synchronized) => synchronized is null ? null : Of(synchronized.Shape);

    // The couplings of a page usually share one instance, whose field mappings then are hashed once.
    private long Of(BaseShape shape)
    {
        if (ReferenceEquals(shape, lastShape))
        {
            return lastNumber;
        }

        if (!numbers.TryGetValue(shape, out var number))
        {
            numbers.Add(shape, number = Store(BaseShapeCodec.Write(shape)));
        }

        lastShape = shape;
        return lastNumber = number;
    }

    private long Store(byte[] fieldMappings)
    {
        _ = connection.Prepared("INSERT INTO base_shape (field_mappings) VALUES (?1) ON CONFLICT DO NOTHING").Bind(1, fieldMappings).Execute();
        return connection.Prepared("SELECT id FROM base_shape WHERE field_mappings = ?1").Bind(1, fieldMappings)
            .FirstOrDefault(row => row.Int64(0));
    }
}
