using Dataverse.Sync.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Dataverse.Sync;

/// <summary>Extension methods that let changes in the systems wake the job queue of an engine.</summary>
public static class WebhookSyncBuilderExtensions
{
    /// <summary>
    /// Adds the receiver of webhooks, and a hosted service that registers and renews the subscriptions in Business
    /// Central.
    /// </summary>
    /// <remarks>
    /// Needs <c>AddJobQueue</c>, and an application that calls <c>MapDataverseSyncWebhooks</c>. Starting the host throws
    /// <see cref="SyncConfigurationException"/> with every problem of the settings. A service that cannot be reached
    /// stops neither the host nor the runs. Several calls for one engine configure one receiver. One hosted service and one
    /// pair of endpoints serve all engines.
    /// </remarks>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="configure">Changes the settings. Without any, no webhook is accepted.</param>
    /// <returns>The builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static SyncBuilder AddWebhooks(this SyncBuilder builder, Action<WebhookOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var services = builder.Services;
        _ = services.AddOptions<WebhookOptions>(builder.EngineName).Configure(configure);
        var registration = new EngineRegistration(builder.EngineName);
        if (!services.Any(item => !item.IsKeyedService && registration.Equals(item.ImplementationInstance)))
        {
            _ = services.AddSingleton(registration);
        }

        services.TryAddSingleton(provider => new WebhookHost(provider));
        services.TryAddSingleton(provider => new StrangerLimit(
            provider.GetRequiredService<WebhookHost>().Receivers.Min(receiver => receiver.Settings.RefusedRequestsPerMinute)));
        services.TryAddSingleton(provider => Endpoints(
            provider.GetRequiredService<WebhookHost>(), provider.GetRequiredService<StrangerLimit>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WebhookService>(provider => new(
            provider.GetRequiredService<WebhookHost>, provider.GetService<IHostApplicationLifetime>())));
        return builder;
    }

    private static WebhookEndpoints Endpoints(WebhookHost host, StrangerLimit limit) =>
        new(host.Receivers, limit, host.Time, host.Logger);
}
