using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dataverse.Sync.AspNetCore;

/// <summary>Reads bodies of untrusted senders.</summary>
internal static class BodyReader
{
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(10);

    /// <summary>Reads a body, or its beginning if it is too long, comes too slowly, or breaks off.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The greatest number of bytes to read.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>What was read, and whether that is all.</returns>
    /// <remarks>A smaller limit of the server does not apply: a genuine body that it refused would be lost.</remarks>
    /// <exception cref="OperationCanceledException">The operation was cancelled.</exception>
    public static async Task<(ReadOnlyMemory<byte> Body, bool IsWhole)> ReadAsync(
        HttpRequest request, int maxBytes, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        using var limit = new CancellationTokenSource(LongestRead, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var read = new MemoryStream();
        var block = new byte[Math.Min(maxBytes, 16 * 1024) + 1];
        try
        {
            while (true)
            {
                var wanted = (int)Math.Min(block.Length, maxBytes + 1 - read.Length);
                var count = await request.Body.ReadAsync(block.AsMemory(0, wanted), both.Token).ConfigureAwait(false);
                if (count == 0)
                {
                    return (read.ToArray(), true);
                }

                read.Write(block, 0, count);
                if (read.Length > maxBytes)
                {
                    return (read.ToArray().AsMemory(0, maxBytes), false);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // A BadHttpRequestException, such as of a body that the server finds too long, is an IOException.
            cancellationToken.ThrowIfCancellationRequested();
            return (read.ToArray(), false);
        }
    }
}
