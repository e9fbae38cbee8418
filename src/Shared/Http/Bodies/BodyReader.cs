using System.Buffers;
using System.Text.Json;

namespace Dataverse.Sync.Http;

/// <summary>Reads a body into a pooled array, or gives it to a parser part by part, up to a limit.</summary>
internal static class BodyReader
{
    private const int FirstSize = 16 * 1024;

    // Greater than most records and small enough to stay in the processor's cache.
    private const int PartSize = 64 * 1024;

    // What a body is said to be, it need not be: beyond this the memory is taken as the bytes arrive.
    private const int MaxTrustedSize = 4 * 1024 * 1024;

    /// <summary>Reads the whole body; the array comes from the shared pool and belongs to the caller.</summary>
    /// <exception cref="BodyTooLargeException">The body is greater than the limit.</exception>
    /// <exception cref="InvalidDataException">The body cannot be decompressed.</exception>
    public static async Task<(byte[] Buffer, int Length)> ReadAsync(HttpContent content, long limit, CancellationToken cancellationToken)
    {
        var declared = DeclaredLength(content, limit);
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

    /// <summary>Gives the body to a parser.</summary>
    /// <remarks>The parser gets full buffers only, so that a body that trickles in is not looked through again and again.</remarks>
    /// <returns>The length of the body.</returns>
    /// <exception cref="BodyTooLargeException">The body is greater than the limit.</exception>
    /// <exception cref="InvalidDataException">The body cannot be decompressed.</exception>
    public static async Task<long> ParseAsync(
        HttpContent content, IBodyParser parser, long limit, CancellationToken cancellationToken)
    {
        _ = DeclaredLength(content, limit);
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = ArrayPool<byte>.Shared.Rent(PartSize);
            var (filled, length) = (0, 0L);
            try
            {
                while (true)
                {
                    var read = await FillAsync(stream, buffer.AsMemory(filled), limit - length, cancellationToken).ConfigureAwait(false);
                    (filled, length) = (filled + read, length + read);
                    var isLast = filled < buffer.Length;
                    var taken = parser.Read(buffer.AsSpan(0, filled), isLast);
                    if (isLast)
                    {
                        return length;
                    }

                    buffer.AsSpan(taken..filled).CopyTo(buffer);
                    filled -= taken;
                    buffer = filled == buffer.Length ? Grow(buffer) : buffer;
                }
            }
            catch (JsonException)
            {
                // What was cut or damaged on the way fails at its end, and is worth another attempt; a malformed page is not.
                await DrainAsync(stream, buffer, limit - length, cancellationToken).ConfigureAwait(false);
                throw;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private static async ValueTask DrainAsync(Stream stream, byte[] buffer, long limit, CancellationToken cancellationToken)
    {
        var length = 0L;
        while (await FillAsync(stream, buffer, limit - length, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            length += read;
        }
    }

    private static long DeclaredLength(HttpContent content, long limit) =>
        (content.Headers.ContentLength ?? 0) is var declared && declared <= limit ? declared : throw new BodyTooLargeException();

    private static async ValueTask<int> FillAsync(
        Stream stream, Memory<byte> buffer, long limit, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < buffer.Length
            && await ReadPartAsync(stream, buffer[filled..], cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            filled += read;
            if (filled > limit)
            {
                throw new BodyTooLargeException();
            }
        }

        return filled;
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
