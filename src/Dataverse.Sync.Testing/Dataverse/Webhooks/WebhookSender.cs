using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Posts what was committed to the webhooks that are registered for it, as the asynchronous service does: in no certain
/// order, and without an effect on the write.
/// </summary>
/// <remarks>
/// A receiver has 60 seconds. Only after 502, 503, and 504 there is one more attempt ("Troubleshoot webhook
/// registrations"). The service supports the ports 80 and 443 only; here every port is reached.
/// </remarks>
internal sealed class WebhookSender(TimeProvider time, Func<Uri> origin) : IAsyncDisposable
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(60);

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly ConcurrentQueue<DataverseWebhookPost> ended = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly List<Task> sendings = [];

    /// <summary>The posts that have ended.</summary>
    public IReadOnlyList<DataverseWebhookPost> Ended => [.. ended];

    /// <summary>Starts the posts for a transaction that was committed.</summary>
    public void Register(DataverseTransaction transaction)
    {
        if (transaction.Events.Count == 0)
        {
            return;
        }

        var correlation = Guid.NewGuid();
        var posts = from happened in transaction.Events
                    from step in WebhookStep.For(happened, transaction.State)
                    select (Step: step, Happened: happened, Call: WebhookCall.Of(happened, transaction, correlation));
        var token = stopping.Token;
        lock (gate)
        {
            _ = sendings.RemoveAll(task => task.IsCompleted);
            sendings.AddRange(posts.ToList().Select(
                post => Task.Run(() => SendAsync(post.Step, post.Happened, post.Call, token), CancellationToken.None)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        Task[] unfinished;
        lock (gate)
        {
            unfinished = [.. sendings];
        }

        await Task.WhenAll(unfinished).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        http.Dispose();
        stopping.Dispose();
    }

    private async Task SendAsync(WebhookStep step, RowEvent happened, WebhookCall call, CancellationToken cancellationToken)
    {
        var (body, isReduced) = new ExecutionContextWriter(step, happened, call).Write();
        var (status, attempts) = (0, 0);
        do
        {
            attempts++;
            status = WebhookRequest.Of(step.Endpoint) is { } target
                ? await TryPostAsync(target, HeadersOf(happened, call, isReduced), body, cancellationToken).ConfigureAwait(false)
                : 0;
        }
        while (status is 502 or 503 or 504 && attempts < 2);

        ended.Enqueue(new(happened.Row.Table, happened.Message, happened.Row.Id, status, attempts));
    }

    private List<(string Name, string Value)> HeadersOf(RowEvent happened, WebhookCall call, bool isReduced) =>
    [
        ("x-request-id", Guid.NewGuid().ToString()),
        ("x-ms-dynamics-organization", origin().Host),
        ("x-ms-dynamics-entity-name", happened.Row.Table),
        ("x-ms-dynamics-request-name", happened.Message),
        ("x-ms-correlation-request-id", call.CorrelationId.ToString()),
        .. isReduced ? [("x-ms-dynamics-msg-size-exceeded", "true")] : Array.Empty<(string, string)>(),
    ];

    private async Task<int> TryPostAsync(
        WebhookRequest target, IEnumerable<(string Name, string Value)> headers, byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers.Concat(target.Headers))
        {
            _ = request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var limit = new CancellationTokenSource(AnswerTime, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            using var response = await http.SendAsync(request, both.Token).ConfigureAwait(false);
            return (int)response.StatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return 0;
        }
    }
}
