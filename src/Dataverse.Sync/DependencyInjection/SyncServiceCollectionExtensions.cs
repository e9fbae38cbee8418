using Dataverse.Sync;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that add a <see cref="SyncEngine"/> to a service collection.</summary>
public static class SyncServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="SyncEngine"/> as a singleton.</summary>
    /// <remarks>
    /// May be called several times: the calls configure one engine, in their order. The engine uses the container's
    /// <see cref="TimeProvider"/> and <see cref="Logging.ILoggerFactory"/> if they are registered. A
    /// <see cref="SyncEngine"/> that was registered before takes precedence. Resolving the engine throws
    /// <see cref="SyncConfigurationException"/> if a connector is missing or the options are invalid.
    /// </remarks>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">Configures the engine, or null.</param>
    /// <returns>The builder, for further configuration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static SyncBuilder AddDataverseSync(this IServiceCollection services, Action<SyncBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var registered = services.FirstOrDefault(item => item.ServiceType == typeof(SyncBuilder));
        var known = registered?.ImplementationInstance as SyncBuilder;
        var builder = known ?? new SyncBuilder(services);
        if (known is null)
        {
            _ = services.AddSingleton(builder);
        }

        services.TryAddSingleton(provider => provider.GetRequiredService<SyncBuilder>().Build(provider));
        configure?.Invoke(builder);
        return builder;
    }
}
