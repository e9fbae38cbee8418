using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// A Kestrel server on a free loopback port in front of an emulated service.
/// </summary>
internal sealed class EmulatorHost : IAsyncDisposable
{
    private const int MaxBodySize = 128 * 1024 * 1024;

    // Above the limits of the emulated services, so that they and not Kestrel refuse a URL that is too long.
    private const int MaxRequestLine = 256 * 1024;

    private readonly WebApplication app;
    private readonly RequestPipeline pipeline;

    private EmulatorHost(RequestPipeline pipeline)
    {
        this.pipeline = pipeline;
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
        var host = new EmulatorHost(new RequestPipeline(service, log, faults, time));
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

    /// <summary>Creates a handler that passes requests to the service without the network.</summary>
    public HttpMessageHandler CreateHandler() => new EmulatorHandler(pipeline, app.Lifetime.ApplicationStopping);

    private async Task AnswerAsync(HttpContext context)
    {
        var request = await ReadAsync(context, context.RequestAborted).ConfigureAwait(false);

        // Not RequestAborted: a service completes a request even if the client has stopped waiting.
        var response = await pipeline.AnswerAsync(request, app.Lifetime.ApplicationStopping).ConfigureAwait(false);
        if (response is null)
        {
            context.Abort();
        }
        else
        {
            await WriteAsync(context, response, context.RequestAborted).ConfigureAwait(false);
        }
    }

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
