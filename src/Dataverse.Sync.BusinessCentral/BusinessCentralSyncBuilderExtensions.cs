using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync;

/// <summary>Makes a Business Central company the local system of an engine.</summary>
public static class BusinessCentralSyncBuilderExtensions
{
    /// <summary>
    /// Uses one company of Business Central over API v2.0 and custom API pages as the local system. The container owns
    /// the connector and disposes it.
    /// </summary>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="configure">Sets the options from the container's services. Called once, when the engine is
    /// created.</param>
    /// <returns>The same builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static SyncBuilder UseBusinessCentral(
        this SyncBuilder builder, Action<BusinessCentralOptions, IServiceProvider> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        FactoryClients.Configure(builder.Services, BusinessCentralOptions.HttpClientName);
        _ = builder.Services.AddKeyedSingleton(builder.EngineName, (provider, _) =>
        {
            var options = new BusinessCentralOptions { HttpClients = FactoryClients.Of(provider, BusinessCentralOptions.HttpClientName) };
            configure(options, provider);
            var logger = provider.GetService<ILogger<BusinessCentralConnector>>();
            return new BusinessCentralConnector(options, provider.GetService<TimeProvider>(), logger);
        });
        return builder.UseLocal(provider => provider.GetRequiredKeyedService<BusinessCentralConnector>(builder.EngineName));
    }

    /// <summary>
    /// Uses one company of Business Central over API v2.0 and custom API pages as the local system. The container owns
    /// the connector and disposes it.
    /// </summary>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="configure">Sets the options. Called once, when the engine is created.</param>
    /// <returns>The same builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static SyncBuilder UseBusinessCentral(this SyncBuilder builder, Action<BusinessCentralOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return builder.UseBusinessCentral((options, _) => configure(options));
    }
}
