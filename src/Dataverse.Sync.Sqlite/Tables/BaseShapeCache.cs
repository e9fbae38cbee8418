using System.Collections.Concurrent;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Sqlite;

/// <summary>Reads bases. The shapes are read once each, so that all bases of one shape share one instance.</summary>
/// <remarks>
/// Safe for concurrent calls. Not for use within a transaction that stores shapes: SQLite can reuse the id of one that
/// is rolled back.
/// </remarks>
internal sealed class BaseShapeCache
{
    private readonly ConcurrentDictionary<long, BaseShape> shapes = new();

    /// <summary>Reads a base from the column of its shape's id and the next column.</summary>
    /// <param name="connection">The connection of the row.</param>
    /// <param name="row">The row.</param>
    /// <param name="shapeColumn">The column of the shape's id.</param>
    /// <param name="slot">The place of the base. The id of its shape is added.</param>
    /// <returns>The base, or null if the row has none.</returns>
    /// <exception cref="FormatException">The base is malformed, or the file does not contain its shape.</exception>
    public SynchronizedBase? ReadBase(
        FileConnection connection, Row row, int shapeColumn, ValueSlot slot) =>
        row.Int64OrNull(shapeColumn) is { } id
            ? ReadBase(connection, id, connection.Reveal(row.Blob(shapeColumn + 1), slot with { Shape = id }))
            : null;

    /// <summary>Reads a base from the id of its shape and its packed form.</summary>
    /// <exception cref="FormatException">The base is malformed, or the file does not contain its shape.</exception>
    public SynchronizedBase ReadBase(FileConnection connection, long shape, ReadOnlySpan<byte> packed) =>
        SynchronizedBase.Unpack(Shape(connection, shape), packed);

    private BaseShape Shape(FileConnection connection, long id) =>
        shapes.TryGetValue(id, out var shape) ? shape : shapes.GetOrAdd(id, Load(connection, id));

    private static BaseShape Load(FileConnection connection, long id) =>
        connection.Prepared("SELECT field_mappings FROM base_shape WHERE id = ?1").Bind(1, id)
            .FirstOrDefault(row => BaseShapeCodec.Read(row.Blob(0)))
        ?? throw new FormatException($"The file does not contain base shape {id}.");
}
