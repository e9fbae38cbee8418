using System.Buffers;

namespace Dataverse.Sync.Http;

/// <summary>Reads the body of a failed request, whatever it is.</summary>
internal static class ErrorBody
{
    private const int Limit = 64 * 1024;

    /// <summary>
    /// Reads what the body says; a body that breaks off, is too large, cannot be decompressed, or is not JSON says
    /// nothing.
    /// </summary>
    public static async Task<ServiceError> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            var (buffer, length) = await BodyReader.ReadAsync(content, Limit, cancellationToken).ConfigureAwait(false);
            try
            {
                return ServiceError.Parse(buffer.AsSpan(0, length));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException or BodyTooLargeException)
        {
            return ServiceError.None;
        }
    }
}
