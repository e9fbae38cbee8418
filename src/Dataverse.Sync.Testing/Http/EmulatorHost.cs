using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// A Kestrel server on a free loopback port in front of an emulated service: buffering, log, and faults.
/// </summary>
internal sealed class EmulatorHost : IAsyncDisposable
{
    private const int MaxBodySize = 128 * 1024 * 1024;

    // Above the limits of the emulated services, so that they and not Kestrel refuse a URL that is too long.
    private const int MaxRequestLine = 256 * 1024;

    private static readonly HashSet<string> UnloggedHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization",
        "Cookie",
    };

    private readonly WebApplication app;
    private readonly IEmulatorService service;
    private readonly FaultInjector injector;
    private readonly RequestLog log;
    private readonly TimeProvider time;

    private EmulatorHost(IEmulatorService service, RequestLog log, FaultPlan faults, TimeProvider time)
    {
        (this.service, this.log, this.time) = (service, log, time);
        injector = new FaultInjector(service, faults, time);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        _ = builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodySize;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLine;
        });
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    /// <summary>Scheme, host and port without a path: <c>http://127.0.0.1:49152/</c>.</summary>
    public Uri Origin { get; private set; } = null!;

    public static async Task<EmulatorHost> StartAsync(
        IEmulatorService service, RequestLog log, FaultPlan faults, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var host = new EmulatorHost(service, log, faults, time);
        try
        {
            await host.app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        host.Origin = new Uri(host.app.Urls.Single());
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false);

        // A canceled token closes idle keep-alive connections instead of waiting for their clients.
        await app.StopAsync(now.Token).ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var receivedAt = time.GetUtcNow();
        var request = await ReadAsync(context, context.RequestAborted).ConfigureAwait(false);
        var target = Describe(request);

        // Not RequestAborted: a service completes a request even if the client has stopped waiting.
        var outcome = await CarryOutAsync(request, target, app.Lifetime.ApplicationStopping).ConfigureAwait(false);
        log.Add(Entry(request, target, outcome, receivedAt));
        if (outcome.Sent is null)
        {
            context.Abort();
        }
        else
        {
            await WriteAsync(context, outcome.Sent, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private async Task<FaultOutcome> CarryOutAsync(
        EmulatorRequest request, FaultTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return await injector.HandleAsync(request, target, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            // A defect of the emulator or of a test's predicate: the test's author needs the stack, not a bare 500.
            return new FaultOutcome(
                EmulatorResponse.Text(500, "text/plain; charset=utf-8", defect.ToString()), 0, null);
        }
    }

    private FaultTarget Describe(EmulatorRequest request) => new(
        log.NextNumber(),
        request.Method,
        request.PathAndQuery,
        service.IsWrite(request),
        request.Headers.Where(header => !UnloggedHeaders.Contains(header.Key))
            .ToDictionary(StringComparer.OrdinalIgnoreCase),
        Encoding.UTF8.GetString(request.Body.Span));

    private static LoggedRequest Entry(
        EmulatorRequest request, FaultTarget target, FaultOutcome outcome, DateTimeOffset receivedAt) => new()
        {
            Number = target.Number,
            Method = request.Method,
            PathAndQuery = request.PathAndQuery,
            Status = outcome.Sent?.Status ?? 0,
            ReceivedAt = receivedAt,
            Headers = target.Headers,
            RequestSize = request.Body.Length,
            ResponseSize = outcome.Sent?.Body.Length ?? 0,
            IsWrite = target.IsWrite,
            RowWrites = outcome.RowWrites,
            Fault = outcome.Fault,
        };

    private static async Task<EmulatorRequest> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        return new EmulatorRequest
        {
            Method = context.Request.Method.ToUpperInvariant(),
            Origin = $"{context.Request.Scheme}://{context.Request.Host}",
            PathAndQuery = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            Headers = context.Request.Headers.ToDictionary(
                h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = body.ToArray(),
        };
    }

    private static async Task WriteAsync(
        HttpContext context, EmulatorResponse response, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = response.Status;
        foreach (var (name, value) in response.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (response.Status is 204 or 304)
        {
            return;
        }

        context.Response.ContentLength = response.Body.Length;
        if (context.Request.Method != "HEAD")
        {
            await context.Response.Body.WriteAsync(response.Body, cancellationToken).ConfigureAwait(false);
        }
    }
}
