using System.Runtime.Intrinsics;

namespace Dataverse.Sync.Sqlite;

/// <summary>An id as the 16 bytes that the file keeps, in the order in which SQL Server compares them.</summary>
/// <remarks>
/// The engine's own ids ascend in that order, as do those that SQL Server makes. Kept so, they arrive at the end of an index; as .NET orders
/// them they would be spread over all of it, at several times the cost in a large file.
/// </remarks>
internal static class IdBytes
{
    public const int Length = 16;

    private static readonly Vector128<byte> BySignificance = Vector128.Create((byte)10, 11, 12, 13, 14, 15, 8, 9, 6, 7, 4, 5, 0, 1, 2, 3);

    private static readonly Vector128<byte> ByPlace = Vector128.Create((byte)12, 13, 14, 15, 10, 11, 8, 9, 6, 7, 0, 1, 2, 3, 4, 5);

    public static void Write(Guid id, Span<byte> destination)
    {
        _ = id.TryWriteBytes(destination);
        Vector128.Shuffle(Vector128.Create<byte>(destination), BySignificance).CopyTo(destination);
    }

    /// <exception cref="FormatException">These are not the bytes of an id.</exception>
    public static Guid Read(ReadOnlySpan<byte> source)
    {
        if (source.Length != Length)
        {
            throw new FormatException("A stored id has an impossible length.");
        }

        Span<byte> bytes = stackalloc byte[Length];
        Vector128.Shuffle(Vector128.Create(source), ByPlace).CopyTo(bytes);
        return new(bytes);
    }
}
