using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Dataverse.Sync.AspNetCore.Tests;

/// <summary>
/// The public address of the application: passes requests to its processes in turn, and answers 503 while there is none.
/// Every sender has the same address behind it.
/// </summary>
internal sealed class LoadBalancer : IAsyncDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly WebApplication app;
    private readonly Channel<int> statuses = Channel.CreateUnbounded<int>();
    private readonly Lock gate = new();
    private readonly List<Uri> targets = [];
    private TaskCompletionSource ready = Completed();
    private int next;

    private LoadBalancer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        _ = builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(PassAsync);
    }

    public Uri Address { get; private set; } = null!;


    public static async Task<LoadBalancer> StartAsync()
    {
        var balancer = new LoadBalancer();
        await balancer.app.StartAsync();
        balancer.Address = new(balancer.app.Urls.Single());
        return balancer;
    }

    /// <summary>Lets requests wait while a process starts.</summary>
    public void Hold() => ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add(Uri target)
    {
        lock (gate)
        {
            targets.Add(target);
        }

        ready.TrySetResult();
    }

    public void Remove(Uri target)
    {
        lock (gate)
        {
            _ = targets.Remove(target);
        }
    }

    /// <summary>Checks the answer to the next request that was no handshake.</summary>
    public async Task ShouldAnswerAsync(int status)
    {
        using var patience = new CancellationTokenSource(Landscape.Patience);
        (await statuses.Reader.ReadAsync(patience.Token)).Should().Be(status);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
        http.Dispose();
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    private Uri? Choose()
    {
        lock (gate)
        {
            return targets.Count == 0 ? null : targets[next++ % targets.Count];
        }
    }

    private async Task PassAsync(HttpContext context)
    {
        await ready.Task;
        if (Choose() is not { } target)
        {
            context.Response.StatusCode = 503;
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        using var request = new HttpRequestMessage(
            new(context.Request.Method), new Uri(target, $"{context.Request.Path}{context.Request.QueryString}"))
        {
            Content = new ByteArrayContent(body.ToArray()),
        };
        foreach (var (name, values) in context.Request.Headers.Where(
            header => header.Key.StartsWith("x-", StringComparison.OrdinalIgnoreCase)))
        {
            _ = request.Headers.TryAddWithoutValidation(name, values.ToString());
        }

        request.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) ? type : null;
        using var response = await http.SendAsync(request);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        if (!context.Request.Query.ContainsKey("validationToken"))
        {
            _ = statuses.Writer.TryWrite((int)response.StatusCode);
        }

        await context.Response.WriteAsync(await response.Content.ReadAsStringAsync());
    }
}
