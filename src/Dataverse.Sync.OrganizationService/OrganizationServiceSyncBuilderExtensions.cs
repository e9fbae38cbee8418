using Dataverse.Sync.OrganizationService;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.PowerPlatform.Dataverse.Client;

namespace Dataverse.Sync;

/// <summary>Makes Microsoft Dataverse the integration system of an engine.</summary>
public static class OrganizationServiceSyncBuilderExtensions
{
    /// <summary>
    /// Uses Dataverse over an organization service, such as a <see cref="ServiceClient"/>, as the integration system. The
    /// container owns the connector and disposes it; the service stays the application's.
    /// </summary>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="service">Returns the service from the container. Called before the first request.</param>
    /// <returns>The same builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static SyncBuilder UseDataverse(
        this SyncBuilder builder, Func<IServiceProvider, IOrganizationServiceAsync2> service) =>
        builder.UseDataverse(service, _ => { });

    /// <summary>
    /// Uses Dataverse over an organization service, such as a <see cref="ServiceClient"/>, as the integration system. The
    /// container owns the connector and disposes it; the service stays the application's.
    /// </summary>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="service">Returns the service from the container. Called before the first request.</param>
    /// <param name="configure">Sets the options. Called once, when the engine is created.</param>
    /// <returns>The same builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static SyncBuilder UseDataverse(
        this SyncBuilder builder,
        Func<IServiceProvider, IOrganizationServiceAsync2> service,
        Action<OrganizationServiceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(configure);
        _ = builder.Services.AddKeyedSingleton(builder.EngineName, (provider, _) =>
        {
            var options = new OrganizationServiceOptions();
            configure(options);
            var logger = provider.GetService<ILogger<OrganizationServiceConnector>>();
            return new OrganizationServiceConnector(() => service(provider), options, provider.GetService<TimeProvider>(), logger);
        });
        return builder.UseIntegration(
            provider => provider.GetRequiredKeyedService<OrganizationServiceConnector>(builder.EngineName));
    }

    /// <summary>
    /// Uses Dataverse over an organization service, such as a <see cref="ServiceClient"/>, as the integration system. The
    /// container owns the connector and disposes it; the service stays the application's.
    /// </summary>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="service">The service.</param>
    /// <returns>The same builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static SyncBuilder UseDataverse(this SyncBuilder builder, IOrganizationServiceAsync2 service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return builder.UseDataverse(_ => service);
    }

    /// <summary>
    /// Uses Dataverse over an organization service, such as a <see cref="ServiceClient"/>, as the integration system. The
    /// container owns the connector and disposes it; the service stays the application's.
    /// </summary>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="service">The service.</param>
    /// <param name="configure">Sets the options. Called once, when the engine is created.</param>
    /// <returns>The same builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static SyncBuilder UseDataverse(
        this SyncBuilder builder, IOrganizationServiceAsync2 service, Action<OrganizationServiceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(service);
        return builder.UseDataverse(_ => service, configure);
    }
}
