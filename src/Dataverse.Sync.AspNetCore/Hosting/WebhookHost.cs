using Dataverse.Sync.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dataverse.Sync.AspNetCore;

/// <summary>The webhooks of all engines of the process.</summary>
internal sealed class WebhookHost : IDisposable, IAsyncDisposable
{
    private readonly List<EngineWebhooks> engines;

    /// <summary>Initializes a new instance of the <see cref="WebhookHost"/> class.</summary>
    /// <param name="provider">The services of the application.</param>
    /// <exception cref="SyncConfigurationException">
    /// Settings of some engines are invalid. The exception lists every problem.
    /// </exception>
    public WebhookHost(IServiceProvider provider)
    {
        var registered = provider.GetServices<EngineRegistration>().ToList();
        List<string> problems = [.. registered.SelectMany(engine => engine.Problems(provider)), .. Shared(registered, provider)];
        if (problems.Count > 0)
        {
            throw new SyncConfigurationException(problems);
        }

        Time = provider.GetService<TimeProvider>() ?? TimeProvider.System;
        Logger = new GuardedLogger(
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger(LogMessages.Category));
        engines = registered.ConvertAll(engine => engine.Make(provider, Time, Logger));
    }

    public TimeProvider Time { get; }

    /// <summary>The logger of webhooks, which may fail.</summary>
    public ILogger Logger { get; }

    /// <summary>The engines, as the endpoints know them.</summary>
    public IReadOnlyList<WebhookReceiver> Receivers => engines.ConvertAll(engine => engine.Receiver);

    /// <summary>What looks after the subscriptions of those engines that have any.</summary>
    public IEnumerable<SubscriptionLoop> Loops => engines.Select(engine => engine.Loop).OfType<SubscriptionLoop>();

    /// <inheritdoc/>
    public void Dispose() => engines.ForEach(engine => engine.Receiver.Dispose());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var engine in engines)
        {
            await engine.Receiver.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Two engines would take the subscriptions of one company at one address from each other.
    private static IEnumerable<string> Shared(List<EngineRegistration> registered, IServiceProvider provider) => registered
        .GroupBy(engine => engine.NotificationUrlOf(provider))
        .Where(group => group.Key is not null && group.Count() > 1)
        .Select(group => $"{group.Count()} engines have the same BusinessCentral.NotificationUrl. "
            + "Give each one of its own, such as by a query.");
}
