using System.Collections.Concurrent;
using System.Net;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>Sends a read once and answers it from memory from then on, so that no server takes part in what is measured.</summary>
internal sealed class ReplayingHandler() : DelegatingHandler(new SocketsHttpHandler { UseCookies = false })
{
    private readonly ConcurrentDictionary<Uri, (byte[] Body, DateTimeOffset? Date)> answers = [];

    /// <summary>The greatest body so far: the page of records.</summary>
    public byte[] GreatestBody => answers.Values.Select(answer => answer.Body).MaxBy(body => body.Length)!;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Start-up asks for schemas in batches; those go through each time, which is once.
        if (request.Method != HttpMethod.Get)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        if (!answers.TryGetValue(request.RequestUri!, out var answer))
        {
            using var response = await base.SendAsync(request, cancellationToken);
            _ = response.EnsureSuccessStatusCode();
            answer = (await response.Content.ReadAsByteArrayAsync(cancellationToken), response.Headers.Date);
            answers[request.RequestUri!] = answer;
        }

        var replay = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(answer.Body), RequestMessage = request };
        replay.Headers.Date = answer.Date;
        return replay;
    }
}
