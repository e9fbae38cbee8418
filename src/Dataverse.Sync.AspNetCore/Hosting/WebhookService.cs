using Microsoft.Extensions.Hosting;

namespace Dataverse.Sync.AspNetCore;

/// <summary>Looks after the subscriptions of all engines while the host runs.</summary>
/// <remarks>
/// It begins when the host has started: until then the endpoint does not answer, and Business Central refuses an address
/// that does not answer.
/// </remarks>
internal sealed class WebhookService(Func<WebhookHost> host, IHostApplicationLifetime? lifetime) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private CancellationTokenRegistration registration;
    private WebhookHost? started;
    private Task running = Task.CompletedTask;

    /// <exception cref="SyncConfigurationException">The settings are invalid.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        started = host();
        if (lifetime is null)
        {
            Run();
        }
        else
        {
            registration = lifetime.ApplicationStarted.Register(Run);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await registration.DisposeAsync().ConfigureAwait(false);
        await stopping.CancelAsync().ConfigureAwait(false);
        await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var loop in started?.Loops ?? [])
        {
            await loop.EndAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => stopping.Dispose();

    private void Run()
    {
        var token = stopping.Token;
        running = Task.WhenAll(started!.Loops.Select(loop => Task.Run(() => loop.RunAsync(token), CancellationToken.None)));
    }
}
