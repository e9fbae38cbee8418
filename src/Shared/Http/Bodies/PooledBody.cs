using System.Buffers;
using System.Net;

namespace Dataverse.Sync.Http;

/// <summary>The body of a request, written into a pooled array and sent from there, as often as the request is.</summary>
/// <remarks>
/// The array returns to the pool when the body has been disposed and nobody sends it any more: a request that was canceled, or
/// answered before its end, may still be on its way when its call is over. Written by one thread, then safe for concurrent use.
/// </remarks>
internal sealed class PooledBody : IBufferWriter<byte>, IDisposable
{
    private byte[] buffer;
    private int users = 1;
    private int isDisposed;

    /// <summary>Makes an empty body.</summary>
    /// <param name="capacity">How many bytes are expected; more make it grow.</param>
    public PooledBody(int capacity) => buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The number of bytes that were written.</summary>
    public int Length { get; private set; }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, buffer.Length - Length);
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return buffer.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Makes a content that sends the body; it may outlive the body's owner.</summary>
    public HttpContent ToContent() => new Content(this);

    /// <summary>Ends the owner's use. A content that begins to send later fails.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) == 0)
        {
            Leave();
        }
    }

    private void Reserve(int size)
    {
        ObjectDisposedException.ThrowIf(isDisposed != 0, this);
        var wanted = checked(Length + Math.Max(size, 1));
        if (wanted > buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(wanted, 2L * buffer.Length), Array.MaxLength));
            buffer.AsSpan(0, Length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
    }

    private ReadOnlyMemory<byte> Enter()
    {
        var known = Volatile.Read(ref users);
        while (known > 0)
        {
            var seen = Interlocked.CompareExchange(ref users, known + 1, known);
            if (seen == known)
            {
                return buffer.AsMemory(0, Length);
            }

            known = seen;
        }

        throw new ObjectDisposedException(nameof(PooledBody));
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref users) == 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
        }
    }

    private sealed class Content(PooledBody body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(
            Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            var bytes = body.Enter();
            try
            {
                await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                body.Leave();
            }
        }

        protected override void SerializeToStream(
            Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            var bytes = body.Enter();
            try
            {
                stream.Write(bytes.Span);
            }
            finally
            {
                body.Leave();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return true;
        }
    }
}
