using System.Security.Cryptography;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Sends validation requests and notifications to their receivers.</summary>
internal sealed class ReceiverClient(TimeProvider time) : IDisposable
{
    private const int MaxAnswer = 4096;

    private static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(5);

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        MaxResponseContentBufferSize = MaxAnswer,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Whether the receiver responds to a validation request with 200 and the token.</summary>
    public async Task<bool> ShakeHandsAsync(Uri url, CancellationToken cancellationToken)
    {
        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        var separator = url.Query.Length == 0 ? "?" : "&";
        try
        {
            using var limit = new CancellationTokenSource(HandshakeTime, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            using var response = await http.PostAsync(
                new Uri($"{url.OriginalString}{separator}validationToken={token}"), null,
                both.Token).ConfigureAwait(false);
            return (int)response.StatusCode == 200
                && await response.Content.ReadAsStringAsync(both.Token).ConfigureAwait(false) == token;
        }
        catch (Exception exception)
            when (exception is HttpRequestException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>Sends notifications.</summary>
    /// <returns>The receiver's status, or 0 without an answer.</returns>
    public async Task<int> NotifyAsync(Uri url, byte[] body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        request.Headers.Add("clientRequestId", Guid.NewGuid().ToString());
        request.Headers.Add("x-ms-correlation-id", Guid.NewGuid().ToString());
        try
        {
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    public void Dispose() => http.Dispose();
}
