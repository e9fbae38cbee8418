using System.Buffers;

namespace Dataverse.Sync.Sqlite;

/// <summary>A pooled array into which the intents of a row of the journal are written.</summary>
/// <remarks>
/// A first run writes hundreds of kilobytes for each page, which would otherwise be a large object each time. Not safe for
/// concurrent use.
/// </remarks>
internal sealed class JournalBuffer : IDisposable
{
    private byte[] bytes;
    private int length;

    /// <summary>Rents an array.</summary>
    /// <param name="capacity">How many bytes are expected; more make it grow.</param>
    public JournalBuffer(int capacity) => bytes = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    /// <summary>Returns the space after what was written.</summary>
    /// <param name="size">How many bytes it has at least.</param>
    public Span<byte> Reserve(int size)
    {
        var wanted = checked(length + size);
        if (wanted > bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(wanted, 2L * bytes.Length), Array.MaxLength));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }

        return bytes.AsSpan(length);
    }

    /// <summary>Counts bytes of the reserved space as written.</summary>
    public void Advance(int count) => length += count;

    /// <summary>Writes bytes.</summary>
    public void Write(ReadOnlySpan<byte> part)
    {
        part.CopyTo(Reserve(part.Length));
        Advance(part.Length);
    }

    /// <summary>Returns the array to the pool.</summary>
    public void Dispose()
    {
        var rented = bytes;
        (bytes, length) = ([], 0);
        if (rented.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
