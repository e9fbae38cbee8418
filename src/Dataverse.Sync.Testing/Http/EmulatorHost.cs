using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// A Kestrel server on a free loopback port in front of an emulated service.
/// </summary>
internal sealed class EmulatorHost : IAsyncDisposable
{
    private const int MaxBodySize = 128 * 1024 * 1024;

    // Above the limits of the emulated services, so that they and not Kestrel refuse a URL that is too long.
    private const int MaxRequestLine = 256 * 1024;

    // The compression middleware takes these types only, whatever a fault makes of a response.
    private static readonly string[] CompressedTypes =
        ["application/json", "application/xml", "multipart/mixed", "text/plain", "text/html"];

    private readonly WebApplication app;
    private readonly RequestPipeline pipeline;
    private readonly EmulatorTransport transport;
    private readonly X509Certificate2? certificate;

    private EmulatorHost(RequestPipeline pipeline, EmulatorTransport transport)
    {
        this.pipeline = pipeline;
        this.transport = transport;
        certificate = transport.UsesTls ? TestCertificate.Create() : null;
        Certificate = certificate is null ? null : TestCertificate.Public(certificate);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        _ = builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        if (transport.Compresses)
        {
            _ = builder.Services.AddResponseCompression(options =>
            {
                options.EnableForHttps = true;
                options.MimeTypes = CompressedTypes;
            });
        }

        app = builder.Build();
        if (transport.Compresses)
        {
            _ = app.UseResponseCompression();
        }

        app.Run(AnswerAsync);
    }

    /// <summary>Scheme, host and port without a path: <c>http://127.0.0.1:49152/</c>.</summary>
    public Uri Origin { get; private set; } = null!;

    /// <summary>The server's certificate without its key; null without TLS.</summary>
    public X509Certificate2? Certificate { get; }

    public static async Task<EmulatorHost> StartAsync(
        IEmulatorService service, RequestLog log, FaultPlan faults, TimeProvider time, EmulatorTransport transport,
        CancellationToken cancellationToken)
    {
        var host = new EmulatorHost(new RequestPipeline(service, log, faults, time), transport);
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
        certificate?.Dispose();
        Certificate?.Dispose();
    }

    /// <summary>Creates a handler that passes requests to the service without the network.</summary>
    public HttpMessageHandler CreateHandler() => new EmulatorHandler(pipeline, app.Lifetime.ApplicationStopping);

    /// <summary>Creates a handler that reaches the service over the network and trusts its certificate.</summary>
    public SocketsHttpHandler CreateNetworkHandler() => NetworkHandler.Create(Certificate);

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
        {
            if (certificate is not null)
            {
                _ = endpoint.UseHttps(certificate);
            }
        });
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodySize;
        kestrel.Limits.MaxRequestLineSize = MaxRequestLine;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = MaxRequestLine;
    }

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
            await ResponseWriter.WriteAsync(context, response, transport.Streams, context.RequestAborted).ConfigureAwait(false);
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
}
