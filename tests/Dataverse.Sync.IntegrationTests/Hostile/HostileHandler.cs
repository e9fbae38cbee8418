using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>Stands between a connector and an emulator and changes answers on their way, as a broken or hostile service would.</summary>
/// <remarks>Safe for concurrent requests.</remarks>
internal sealed partial class HostileHandler() : DelegatingHandler(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
{
    private readonly ConcurrentDictionary<string, WireAnswer> kept = new(StringComparer.Ordinal);
    private int answers;

    /// <summary>Changes the answers; given the number of the answer since <see cref="Begin"/>, from zero. Null leaves them alone.</summary>
    public Func<int, WireAnswer, WireAnswer>? Change { get; private set; }

    /// <summary>Whether equal requests get the first one's answer, without asking the emulator again: for reads of what nobody changes.</summary>
    public bool KeepsAnswers { get; init; }

    /// <summary>The answers since <see cref="Begin"/>.</summary>
    public int Answers => Volatile.Read(ref answers);

    public void Begin(Func<int, WireAnswer, WireAnswer>? change)
    {
        Change = change;
        Volatile.Write(ref answers, 0);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(request, cancellationToken);
        var number = Interlocked.Increment(ref answers) - 1;
        return (Change?.Invoke(number, answer) ?? answer).ToResponse(request);
    }

    private async Task<WireAnswer> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!KeepsAnswers)
        {
            using var response = await base.SendAsync(request, cancellationToken);
            return await WireAnswer.OfAsync(response, cancellationToken);
        }

        var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        var key = $"{request.Method} {request.RequestUri} {Boundary().Replace(body, "batch")} {string.Join(',', request.Headers.TryGetValues("Prefer", out var values) ? values : [])}";
        if (!kept.TryGetValue(key, out var answer))
        {
            using var response = await base.SendAsync(request, cancellationToken);
            kept[key] = answer = await WireAnswer.OfAsync(response, cancellationToken);
        }

        return answer;
    }

    [GeneratedRegex("batch_[0-9a-f]{32}")]
    private static partial Regex Boundary();
}
