using System.Runtime.Intrinsics;

namespace Dataverse.Sync.Sqlite;

/// <summary>
/// Stores an id as 16 bytes, in the order in which SQL Server compares the bytes of a <c>uniqueidentifier</c>.
/// </summary>
/// <remarks>
/// Ids created by the engine, and sequential ids of SQL Server, ascend in that order, so they are appended to an index.
/// In the byte order of .NET they would be spread over the whole index, which costs several times as much in a large
/// file.
/// </remarks>
internal static class IdBytes
{
    public const int Length = 16;

    private static readonly Vector128<byte> BySignificance =
        Vector128.Create((byte)10, 11, 12, 13, 14, 15, 8, 9, 6, 7, 4, 5, 0, 1, 2, 3);

    private static readonly Vector128<byte> ByPlace =
        Vector128.Create((byte)12, 13, 14, 15, 10, 11, 8, 9, 6, 7, 0, 1, 2, 3, 4, 5);

    public static void Write(Guid id, Span<byte> destination)
    {
        _ = id.TryWriteBytes(destination);
        Vector128.Shuffle(Vector128.Create<byte>(destination), BySignificance).CopyTo(destination);
    }

    /// <exception cref="FormatException">The source does not have 16 bytes.</exception>
    public static Guid Read(ReadOnlySpan<byte> source)
    {
        if (source.Length != Length)
        {
            throw new FormatException("A stored id must have 16 bytes.");
        }

        Span<byte> bytes = stackalloc byte[Length];
        Vector128.Shuffle(Vector128.Create(source), ByPlace).CopyTo(bytes);
        return new(bytes);
    }
}
