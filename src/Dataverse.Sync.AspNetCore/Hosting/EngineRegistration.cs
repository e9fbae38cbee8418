using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dataverse.Sync.AspNetCore;

/// <summary>Says that an engine has webhooks, and makes them.</summary>
/// <param name="EngineName">The name of the engine, or null for the engine without a name.</param>
internal sealed record EngineRegistration(string? EngineName)
{
    /// <summary>Returns what is wrong with the settings, one sentence each.</summary>
    public IEnumerable<string> Problems(IServiceProvider provider)
    {
        var options = OptionsOf(provider);
        List<string> problems = [.. WebhookOptionsValidator.Problems(options)];
        if (provider.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(typeof(JobQueue), EngineName) == false)
        {
            problems.Add("Webhooks wake the entries of a job queue. Call AddJobQueue.");
        }

        if (options.BusinessCentral is not { NotificationUrl: null, ClientState: null } && ConnectorOf(provider) is null)
        {
            problems.Add("Notifications of Business Central need its connector. Call UseBusinessCentral.");
        }

        return EngineName is null ? problems : problems.Select(problem => $"Engine '{EngineName}': {problem}");
    }

    /// <summary>The address at which the engine is notified, or null.</summary>
    public Uri? NotificationUrlOf(IServiceProvider provider) => OptionsOf(provider).BusinessCentral.NotificationUrl;

    /// <summary>Makes the webhooks from the services of the engine, after its settings were found right.</summary>
    public EngineWebhooks Make(IServiceProvider provider, TimeProvider time, ILogger logger)
    {
        var engine = provider.GetRequiredKeyedService<SyncEngine>(EngineName);
        var queue = provider.GetRequiredKeyedService<JobQueue>(EngineName);
        var delay = provider.GetRequiredService<IOptionsMonitor<JobQueueOptions>>().Get(EngineName).WakeDelay;
        var settings = new WebhookSettings(OptionsOf(provider));
        var subscriptions = ConnectorOf(provider)?.Subscriptions;
        var receiver = new WebhookReceiver(engine, settings, subscriptions, new(queue, delay, time, logger));
        var keeper = settings.NotificationUrl is null
            ? null
            : new SubscriptionKeeper(engine, subscriptions!, settings, receiver.Known, time, logger);
        return new(receiver, keeper is null ? null : new(keeper, settings, time, logger));
    }

    private WebhookOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptionsMonitor<WebhookOptions>>().Get(EngineName);

    private BusinessCentralConnector? ConnectorOf(IServiceProvider provider) =>
        provider.GetKeyedService<BusinessCentralConnector>(EngineName);
}
