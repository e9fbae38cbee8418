using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;

namespace Dataverse.Sync.WebApi.Tests;

/// <summary>A service that knows the tables <c>account</c> and <c>contact</c> and answers all else by a script. Safe for concurrent requests.</summary>
internal sealed class StubService : HttpMessageHandler
{
    private readonly ConcurrentQueue<StubRequest> requests = new();
    private readonly Func<StubRequest, HttpResponseMessage> answer;

    public StubService(Func<StubRequest, HttpResponseMessage> answer) => this.answer = answer;

    /// <summary>Answers one request after the other.</summary>
    public StubService(params IReadOnlyList<HttpResponseMessage> answers)
    {
        var next = -1;
        answer = _ => answers[Interlocked.Increment(ref next)];
    }

    public StubDefinitions Definitions { get; init; } = new();

    /// <summary>What arrived, without the reading of definitions.</summary>
    public IReadOnlyList<StubRequest> Requests => [.. requests];

    /// <summary>The readings of definitions.</summary>
    public ConcurrentQueue<StubRequest> DefinitionRequests { get; } = new();

    /// <summary>The pauses that the connector made.</summary>
    public InstantTimeProvider Time { get; } = new();

    public WebApiConnector Connect(Action<WebApiOptions>? configure = null)
    {
        var options = new WebApiOptions
        {
            EnvironmentUrl = new Uri("https://contoso.crm4.dynamics.com"),
            AccessToken = _ => new("secret"),
            HttpMessageHandler = this,
            RequestTimeout = TimeSpan.FromHours(1),
        };
        configure?.Invoke(options);
        return new WebApiConnector(options, Time);
    }

    public static HttpResponseMessage JsonAnswer(string body, int status = 200) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Error(int status, string code, string message = "Text of the service.") => JsonAnswer(ErrorBody(code, message), status);

    public static string ErrorBody(string code, string message = "Text of the service.") => $$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}"}}""";

    /// <summary>The answers to a batch, each a status with a body and headers.</summary>
    public static HttpResponseMessage Batch(params IReadOnlyList<(int Status, string Body, string Header)> parts)
    {
        var text = new StringBuilder();
        foreach (var (status, body, header) in parts)
        {
            var line = header.Length == 0 ? header : header + "\r\n";
            _ = text.Append(CultureInfo.InvariantCulture, $"--batchresponse_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 {status} X\r\nOData-Version: 4.0\r\n{line}\r\n{body}\r\n");
        }

        var content = new StringContent(text.Append("--batchresponse_1--\r\n").ToString());
        _ = content.Headers.Remove("Content-Type");
        _ = content.Headers.TryAddWithoutValidation("Content-Type", "multipart/mixed; boundary=batchresponse_1");
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }

    public static (int Status, string Body, string Header) Part(int status, string body = "", string header = "") => (status, body, header);

    public static HttpResponseMessage Page(string rows, string? nextLink = null, string? deltaLink = null) => JsonAnswer(
        $$"""{"@odata.context":"c"{{Link("nextLink", nextLink)}}{{Link("deltaLink", deltaLink)}},"value":[{{rows}}]}""");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var sent = await StubRequest.OfAsync(request);
        if (sent.Line.Contains("EntityDefinitions", StringComparison.Ordinal) || sent.Line.Contains("RetrievePrincipalAttributePrivileges", StringComparison.Ordinal))
        {
            DefinitionRequests.Enqueue(sent);
            var (status, body) = Definitions.Answer(sent.Line[4..]);
            return JsonAnswer(body, status);
        }

        if (sent.Body.Contains("EntityDefinitions", StringComparison.Ordinal))
        {
            DefinitionRequests.Enqueue(sent);
            return Batch([.. sent.Parts.Select(part => Definitions.Answer(part[4..])).Select(item => Part(item.Status, item.Body))]);
        }

        requests.Enqueue(sent);
        var response = answer(sent);
        response.RequestMessage = request;
        return response;
    }

    private static string Link(string name, string? link) => link is null ? string.Empty : $",\"@odata.{name}\":\"{link}\"";
}
