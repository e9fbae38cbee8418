using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Hosting;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dataverse.Sync.AspNetCore;

/// <summary>Says that an engine has webhooks, and makes them.</summary>
/// <param name="name">The name of the options of the engine.</param>
internal sealed class EngineRegistration(string name)
{
    /// <summary>Makes the webhooks from the services of the engine.</summary>
    /// <exception cref="SyncConfigurationException">The settings are invalid. The exception lists every problem.</exception>
    public EngineWebhooks Make(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<WebhookOptions>>().Get(name);
        var queue = provider.GetService<JobQueue>();
        var connector = provider.GetService<BusinessCentralConnector>();
        List<string> problems =
        [
            .. WebhookOptionsValidator.Problems(options),
            .. queue is null ? ["Webhooks wake the entries of a job queue. Call AddJobQueue."] : Array.Empty<string>(),
            .. options.BusinessCentral is { NotificationUrl: null, ClientState: null } || connector is not null
                ? Array.Empty<string>()
                : ["Notifications of Business Central need its connector. Call UseBusinessCentral."],
        ];
        if (problems.Count > 0)
        {
            throw new SyncConfigurationException(problems);
        }

        var wakeDelay = provider.GetRequiredService<IOptionsMonitor<JobQueueOptions>>().Get(name).WakeDelay;
        return Make(provider, provider.GetRequiredService<SyncEngine>(), new(options), new(queue!, wakeDelay), connector?.Subscriptions);
    }

    private static EngineWebhooks Make(
        IServiceProvider provider,
        SyncEngine engine,
        WebhookSettings settings,
        (JobQueue Queue, TimeSpan Delay) wake,
        BusinessCentralSubscriptions? subscriptions)
    {
        var time = provider.GetService<TimeProvider>() ?? TimeProvider.System;
        var logger = Logger(provider);
        var receiver = new WebhookReceiver(engine, settings, subscriptions, new(wake.Queue, wake.Delay, time, logger));
        return new(
            receiver,
            settings.NotificationUrl is null
                ? null
                : new(new(engine, subscriptions!, settings, receiver.Known, time, logger), settings, time, logger));
    }

    /// <summary>The logger of webhooks, which may fail.</summary>
    public static ILogger Logger(IServiceProvider provider) => new GuardedLogger(
        (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger(LogMessages.Category));
}
