using Dataverse.Sync;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the synchronization engine to a service collection.</summary>
public static class SyncServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="SyncEngine"/> as a singleton.</summary>
    /// <remarks>
    /// Safe to call several times: the calls refine one engine, in their order. A <see cref="TimeProvider"/> and an
    /// <see cref="Logging.ILoggerFactory"/> of the container are used; an engine registered before is kept.
    /// </remarks>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">Says what the engine is made of.</param>
    /// <returns>The builder, for further refinement.</returns>
    public static SyncBuilder AddDataverseSync(this IServiceCollection services, Action<SyncBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var known = services.FirstOrDefault(item => item.ServiceType == typeof(SyncBuilder))?.ImplementationInstance as SyncBuilder;
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
