namespace Dataverse.Sync.Sqlite;

internal static class StoredBase
{
    /// <summary>Reads a base from the column of its shape and the next one; null where there is none.</summary>
    public static SynchronizedBase? ReadBase(this FileConnection connection, Row row, int shapeColumn) => row.Int64OrNull(shapeColumn) is { } shape
        ? SynchronizedBase.Unpack(connection.Shapes.Get(connection, shape), row.Blob(shapeColumn + 1))
        : null;
}
