using System.Net;

namespace Dataverse.Sync.HttpHarness;

/// <summary>The line between all processes and both services, on which requests meet mishaps.</summary>
internal sealed class FaultyLine : IDisposable
{
    private static readonly TimeSpan OneRun = TimeSpan.FromHours(1);
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(150);

    private readonly World world;
    private readonly MishapSource mishaps;
    private readonly Lock gate = new();
    private readonly List<Letter> counted = [];
    private readonly List<(DateTimeOffset Due, Letter Letter)> late = [];
    private readonly Dictionary<SyncSide, HttpMessageInvoker> services;

    // A service that gives two false responses in a row is believed. So reads that settle these writes are answered
    // truly, and the second read of a record that the first response lacked.
    private readonly List<Letter> uncertain = [];
    private readonly Dictionary<string, DateTimeOffset> omitted = [];

    public FaultyLine(World world, MishapSource mishaps)
    {
        (this.world, this.mishaps) = (world, mishaps);
        services = new()
        {
            [SyncSide.Local] = new(world.BusinessCentral.CreateHandler()),
            [SyncSide.Integration] = new(world.Dataverse.CreateHandler()),
        };
    }

    /// <summary>Whether requests meet mishaps.</summary>
    public bool IsFaulty { get; set; }

    /// <summary>Called before some requests, for what users do in the meantime.</summary>
    public Action<Random>? Meanwhile { get; set; }

    /// <summary>A text in the paths of requests that are refused, for a table whose permission was withdrawn.</summary>
    public string? ForbiddenPath { get; set; }

    public int Requests { get; private set; }

    public int Writes { get; private set; }

    /// <summary>The counted requests, one line each.</summary>
    public string Counted => string.Join(Environment.NewLine, counted.Select(letter => $"    {letter.Side} {letter.Method} {Short(letter)}"));

    public void ResetCounters()
    {
        (Requests, Writes) = (0, 0);
        counted.Clear();
    }

    /// <summary>Whether a late request that holds the marker of a record is still on its way.</summary>
    public bool IsOnItsWay(string marker)
    {
        lock (gate)
        {
            return late.Exists(item => item.Letter.Text.Contains($"\"{marker}\"", StringComparison.Ordinal));
        }
    }

    /// <summary>Whether the outcome of a write that names a record was ever uncertain.</summary>
    public bool HasUncertainWrite(Guid record)
    {
        lock (gate)
        {
            return uncertain.Exists(letter => letter.Names(record));
        }
    }

    /// <summary>Carries a request to its service, under the mishap that is drawn for it.</summary>
    public async Task<HttpResponseMessage> CarryAsync(
        EngineProcess process, Letter letter, CancellationToken cancellationToken)
    {
        var fate = Prepare(letter);
        await DeliverLateAsync();
        if (ForbiddenPath is { } path && (letter.PathAndQuery + letter.Text).Contains(path, StringComparison.Ordinal))
        {
            return Refusals.Forbidden(letter.Side);
        }

        if (fate.Mishap != Mishap.None)
        {
            world.Trace($"  {fate.Mishap}: {letter.Side} {letter.Method} {Short(letter)}");
        }

        return await UnderAsync(fate, process, letter, cancellationToken);
    }

    /// <summary>Executes the late requests that are due, in order.</summary>
    public async Task DeliverLateAsync()
    {
        while (TakeLate() is { } letter)
        {
            world.Trace($"  arrives late: {letter.Side} {letter.Method} {Short(letter)}");
            (await SendAsync(letter)).Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var service in services.Values)
        {
            service.Dispose();
        }
    }

    private Fate Prepare(Letter letter)
    {
        world.Clock.Advance(Latency);
        var fate = mishaps.Next(letter);
        if (fate.Random.Next(30) == 0)
        {
            Meanwhile?.Invoke(fate.Random);
        }

        lock (gate)
        {
            Requests++;
            counted.Add(letter);
            Writes += letter.IsWrite ? 1 : 0;
            if (!IsFaulty || (fate.Mishap == Mishap.Omitted && uncertain.Exists(write => write.NamesOneOf(letter))))
            {
                return fate with { Mishap = Mishap.None };
            }

            if (fate.Mishap != Mishap.None && letter.IsWrite)
            {
                uncertain.Add(letter);
            }

            return fate;
        }
    }

    private async Task<HttpResponseMessage> UnderAsync(
        Fate fate, EngineProcess process, Letter letter, CancellationToken cancellationToken)
    {
        switch (fate.Mishap)
        {
            case Mishap.DroppedBefore:
                throw Broken();
            case Mishap.DroppedAfter:
                (await SendAsync(letter)).Dispose();
                throw Broken();
            case Mishap.Late:
                Postpone(letter, fate);
                throw Broken();
            case Mishap.Hanging:
                (await SendAsync(letter)).Dispose();
                world.Clock.Advance(EngineProcess.RequestTimeout + TimeSpan.FromSeconds(1));
                cancellationToken.ThrowIfCancellationRequested();
                throw Broken();
            case Mishap.DoubledFirst:
                var first = await SendAsync(letter);
                (await SendAsync(letter)).Dispose();
                return first;
            case Mishap.DoubledLast:
                (await SendAsync(letter)).Dispose();
                return await SendAsync(letter);
            case Mishap.Cut:
                return await ChangeAsync(await SendAsync(letter), body => body[..(body.Length * fate.Random.Next(100) / 100)]);
            case Mishap.Omitted:
                return await ChangeAsync(await SendAsync(letter), body => Omit(body, fate));
            default:
                return await RefusedAsync(fate, process, letter);
        }
    }

    private async Task<HttpResponseMessage> RefusedAsync(Fate fate, EngineProcess process, Letter letter)
    {
        switch (fate.Mishap)
        {
            case Mishap.Throttled:
                return Refusals.Throttled(letter.Side, fate.RetryAfter());
            case Mishap.Unavailable:
                return Refusals.Unavailable();
            case Mishap.UnavailableAfter:
                (await SendAsync(letter)).Dispose();
                return Refusals.Unavailable();
            case Mishap.Deadlock:
                return Refusals.Deadlocked(letter.Side);
            case Mishap.DeadlockAfter:
                (await SendAsync(letter)).Dispose();
                return Refusals.Deadlocked(letter.Side);
            case Mishap.Forbidden:
                return Refusals.Forbidden(letter.Side);
            default:
                return await InterruptedAsync(fate, process, letter);
        }
    }

    private async Task<HttpResponseMessage> InterruptedAsync(Fate fate, EngineProcess process, Letter letter)
    {
        switch (fate.Mishap)
        {
            case Mishap.KilledBefore:
                process.Kill();
                break;
            case Mishap.KilledLate:
                Postpone(letter, fate);
                process.Kill();
                break;
            case Mishap.KilledAfter:
                (await SendAsync(letter)).Dispose();
                process.Kill();
                break;
            case Mishap.SuspendedBefore:
                process.Suspend();
                break;
            case Mishap.SuspendedAfter:
                var response = await SendAsync(letter);
                process.Suspend();
                _ = await process.GateAsync();
                return response;
            default:
                break;
        }

        _ = await process.GateAsync();
        return await SendAsync(letter);
    }

    private async Task<HttpResponseMessage> SendAsync(Letter letter)
    {
        using var message = letter.ToMessage();
        return await services[letter.Side].SendAsync(message, CancellationToken.None);
    }

    private static async Task<HttpResponseMessage> ChangeAsync(HttpResponseMessage response, Func<byte[], byte[]> change)
    {
        var body = await response.Content.ReadAsByteArrayAsync();
        var content = new ByteArrayContent(change(body));
        foreach (var header in response.Content.Headers.Where(header => header.Key != "Content-Length"))
        {
            _ = content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        response.Content = content;
        return response.StatusCode == HttpStatusCode.NoContent ? throw Broken() : response;
    }

    private byte[] Omit(byte[] body, Fate fate)
    {
        var now = world.Clock.GetUtcNow();
        lock (gate)
        {
            return Omission.Of(
                body,
                fate.Random.Next,
                id => !omitted.TryGetValue(id, out var on) || now - on > OneRun,
                id => omitted[id] = now);
        }
    }

    private void Postpone(Letter letter, Fate fate)
    {
        lock (gate)
        {
            late.Add((world.Clock.GetUtcNow() + fate.Lateness(), letter));
        }
    }

    private Letter? TakeLate()
    {
        lock (gate)
        {
            var now = world.Clock.GetUtcNow();
            var index = late.FindIndex(item => item.Due <= now);
            if (index < 0)
            {
                return null;
            }

            var letter = late[index].Letter;
            late.RemoveAt(index);
            return letter;
        }
    }

    private static HttpRequestException Broken() =>
        new(HttpRequestError.ResponseEnded, "The connection broke.");

    private static string Short(Letter letter)
    {
        var tail = letter.PathAndQuery[(letter.PathAndQuery.LastIndexOf(')') + 1)..];
        var text = letter.IsBatch ? $"$batch {letter.Text.ReplaceLineEndings(" ")}" : $"{tail} {letter.Text}";
        return text.Length <= 400 ? text : text[..400];
    }
}
