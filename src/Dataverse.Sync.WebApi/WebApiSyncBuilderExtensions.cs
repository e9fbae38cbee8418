using Dataverse.Sync.WebApi;
using Dataverse.Sync.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync;

/// <summary>Makes Microsoft Dataverse the integration system of an engine.</summary>
public static class WebApiSyncBuilderExtensions
{
    /// <summary>
    /// Uses Dataverse over its Web API as the integration system. The container owns the connector and disposes it.
    /// </summary>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="configure">Sets the options from the container's services. Called once, when the engine is
    /// created.</param>
    /// <returns>The same builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static SyncBuilder UseDataverseWebApi(
        this SyncBuilder builder, Action<WebApiOptions, IServiceProvider> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        FactoryClients.Configure(builder.Services, WebApiOptions.HttpClientName);
        _ = builder.Services.AddKeyedSingleton(builder.EngineName, (provider, _) =>
        {
            var options = new WebApiOptions { HttpClients = FactoryClients.Of(provider, WebApiOptions.HttpClientName) };
            configure(options, provider);
            var logger = provider.GetService<ILogger<WebApiConnector>>();
            return new WebApiConnector(options, provider.GetService<TimeProvider>(), logger);
        });
        return builder.UseIntegration(provider => provider.GetRequiredKeyedService<WebApiConnector>(builder.EngineName));
    }

    /// <summary>
    /// Uses Dataverse over its Web API as the integration system. The container owns the connector and disposes it.
    /// </summary>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="configure">Sets the options. Called once, when the engine is created.</param>
    /// <returns>The same builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static SyncBuilder UseDataverseWebApi(this SyncBuilder builder, Action<WebApiOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return builder.UseDataverseWebApi((options, _) => configure(options));
    }
}
