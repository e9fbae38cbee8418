using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Dataverse.Sync.TestSupport;

/// <summary>Answers requests by a script and keeps them. Safe for concurrent requests.</summary>
internal sealed class StubHandler(Func<SentRequest, HttpResponseMessage> answer) : HttpMessageHandler
{
    private readonly ConcurrentQueue<SentRequest> requests = new();

    public IReadOnlyList<SentRequest> Requests => [.. requests];

    /// <summary>Answers one request after the other; the last answer is given again and again.</summary>
    public static StubHandler Sequence(params IReadOnlyList<Func<HttpResponseMessage>> answers)
    {
        var next = -1;
        return new StubHandler(_ => answers[Math.Min(Interlocked.Increment(ref next), answers.Count - 1)]());
    }

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Error(int status, string code, string message = "Text of the service.  CorrelationId:  x.") =>
        Json($$"""{ "error": { "code": "{{code}}", "message": "{{message}}" } }""", (HttpStatusCode)status);

    public static HttpResponseMessage Html(int status) =>
        new((HttpStatusCode)status) { Content = new StringContent("<html><body>Bad gateway</body></html>", Encoding.UTF8, "text/html") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var sent = await SentRequest.OfAsync(request);
        requests.Enqueue(sent);
        var response = answer(sent);
        response.RequestMessage = request;
        return response;
    }
}
