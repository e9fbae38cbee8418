using System.Net;

namespace Dataverse.Sync.HttpHarness;

/// <summary>The line between all processes and both services, on which requests meet mishaps.</summary>
internal sealed class FaultyLine : IDisposable
{
    private readonly World world;
    private readonly MishapSource mishaps;
    private readonly Lock gate = new();
    private readonly List<(DateTimeOffset Due, Letter Letter)> late = [];
    private readonly Dictionary<SyncSide, HttpMessageInvoker> services;

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

    /// <summary>Called before each request of a run, for what users do in the meantime.</summary>
    public Action? Meanwhile { get; set; }

    /// <summary>A text in the paths of requests that are refused, for a table whose permission was withdrawn.</summary>
    public string? ForbiddenPath { get; set; }

    public int Requests { get; private set; }

    public int Writes { get; private set; }

    public void ResetCounters() => (Requests, Writes) = (0, 0);

    /// <summary>Whether a late request that names a record is still on its way.</summary>
    public bool IsOnItsWay(Guid record)
    {
        lock (gate)
        {
            return late.Exists(item => item.Letter.Text.Contains(record.ToString(), StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>Carries a request to its service, under the mishap that is drawn for it.</summary>
    public async Task<HttpResponseMessage> CarryAsync(
        EngineProcess process, Letter letter, CancellationToken cancellationToken)
    {
        var mishap = Prepare(letter);
        await DeliverLateAsync();
        if (ForbiddenPath is { } path && (letter.PathAndQuery + letter.Text).Contains(path, StringComparison.Ordinal))
        {
            return Refusals.Forbidden(letter.Side);
        }

        if (mishap != Mishap.None)
        {
            world.Trace($"  {mishap}: {letter.Side} {letter.Method} {Short(letter)}");
        }

        return await UnderAsync(mishap, process, letter, cancellationToken);
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

    private Mishap Prepare(Letter letter)
    {
        Meanwhile?.Invoke();
        lock (gate)
        {
            world.Clock.Advance(mishaps.Latency());
            Requests++;
            Writes += letter.IsWrite ? 1 : 0;
            return IsFaulty ? mishaps.Next(letter) : Mishap.None;
        }
    }

    private async Task<HttpResponseMessage> UnderAsync(
        Mishap mishap, EngineProcess process, Letter letter, CancellationToken cancellationToken)
    {
        switch (mishap)
        {
            case Mishap.DroppedBefore:
                throw Broken();
            case Mishap.DroppedAfter:
                (await SendAsync(letter)).Dispose();
                throw Broken();
            case Mishap.Late:
                Postpone(letter);
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
                return await ChangeAsync(await SendAsync(letter), body => body[..mishaps.CutAt(body.Length)]);
            case Mishap.Omitted:
                return await ChangeAsync(await SendAsync(letter), body => Omission.Of(body, mishaps.One));
            default:
                return await RefusedAsync(mishap, process, letter);
        }
    }

    private async Task<HttpResponseMessage> RefusedAsync(Mishap mishap, EngineProcess process, Letter letter)
    {
        switch (mishap)
        {
            case Mishap.Throttled:
                return Refusals.Throttled(letter.Side, mishaps.RetryAfter());
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
                return await InterruptedAsync(mishap, process, letter);
        }
    }

    private async Task<HttpResponseMessage> InterruptedAsync(Mishap mishap, EngineProcess process, Letter letter)
    {
        switch (mishap)
        {
            case Mishap.KilledBefore:
                process.Kill();
                break;
            case Mishap.KilledLate:
                Postpone(letter);
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
                await process.GateAsync();
                return response;
            default:
                break;
        }

        await process.GateAsync();
        return await SendAsync(letter);
    }

    private async Task<HttpResponseMessage> SendAsync(Letter letter)
    {
        using var message = letter.ToMessage();
        return await services[letter.Side].SendAsync(message, CancellationToken.None);
    }

    private async Task<HttpResponseMessage> ChangeAsync(HttpResponseMessage response, Func<byte[], byte[]> change)
    {
        var body = await response.Content.ReadAsByteArrayAsync();
        byte[] changed;
        lock (gate)
        {
            changed = change(body);
        }

        var content = new ByteArrayContent(changed);
        foreach (var header in response.Content.Headers.Where(header => header.Key != "Content-Length"))
        {
            _ = content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        response.Content = content;
        return response.StatusCode == HttpStatusCode.NoContent ? throw Broken() : response;
    }

    private void Postpone(Letter letter)
    {
        lock (gate)
        {
            late.Add((world.Clock.GetUtcNow() + mishaps.Lateness(), letter));
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
