using System.Buffers;

namespace Dataverse.Sync.Http;

/// <summary>Reads a body into a pooled array, up to a limit.</summary>
internal static class BodyReader
{
    private const int FirstSize = 16 * 1024;

    // What a body is said to be, it need not be: beyond this the memory is taken as the bytes arrive.
    private const int MaxTrustedSize = 4 * 1024 * 1024;

    /// <summary>Reads the whole body; the array comes from the shared pool and belongs to the caller.</summary>
    /// <exception cref="BodyTooLargeException">The body is greater than the limit.</exception>
    /// <exception cref="InvalidDataException">The body cannot be decompressed.</exception>
    public static async Task<(byte[] Buffer, int Length)> ReadAsync(HttpContent content, long limit, CancellationToken cancellationToken)
    {
        var declared = content.Headers.ContentLength ?? 0;
        if (declared > limit)
        {
            throw new BodyTooLargeException();
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            // One byte more than declared, so that the read that finds the end needs no larger array.
            var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(declared + 1, FirstSize, MaxTrustedSize));
            try
            {
                var length = 0;
                while (await ReadPartAsync(stream, buffer.AsMemory(length), cancellationToken).ConfigureAwait(false) is > 0 and var read)
                {
                    length += read;
                    if (length > limit)
                    {
                        throw new BodyTooLargeException();
                    }

                    if (length == buffer.Length)
                    {
                        buffer = Grow(buffer);
                    }
                }

                return (buffer, length);
            }
            catch
            {
                ArrayPool<byte>.Shared.Return(buffer);
                throw;
            }
        }
    }

    // Of the decompressing streams the one for Brotli tells bad data in a way of its own.
    private static async ValueTask<int> ReadPartAsync(
        Stream stream, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            throw new InvalidDataException("The body cannot be decompressed.", exception);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
