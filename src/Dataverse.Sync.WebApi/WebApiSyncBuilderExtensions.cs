using Dataverse.Sync.WebApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync;

/// <summary>Makes Microsoft Dataverse the integration system of an engine.</summary>
public static class WebApiSyncBuilderExtensions
{
    /// <summary>Speaks to Dataverse over its Web API. The container owns the connector and disposes it.</summary>
    /// <param name="builder">The engine's builder.</param>
    /// <param name="configure">Sets the options; called when the engine is made, with the container's services at hand.</param>
    public static SyncBuilder UseDataverseWebApi(this SyncBuilder builder, Action<WebApiOptions, IServiceProvider> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        _ = builder.Services.AddSingleton(provider =>
        {
            var options = new WebApiOptions();
            configure(options, provider);
            return new WebApiConnector(options, provider.GetService<TimeProvider>(), provider.GetService<ILogger<WebApiConnector>>());
        });
        return builder.UseIntegration(provider => provider.GetRequiredService<WebApiConnector>());
    }

    /// <summary>Speaks to Dataverse over its Web API. The container owns the connector and disposes it.</summary>
    /// <param name="builder">The engine's builder.</param>
    /// <param name="configure">Sets the options; called when the engine is made.</param>
    public static SyncBuilder UseDataverseWebApi(this SyncBuilder builder, Action<WebApiOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return builder.UseDataverseWebApi((options, _) => configure(options));
    }
}
