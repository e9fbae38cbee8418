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
        var builder = Find(services, null) ?? Add(services, null);
        configure?.Invoke(builder);
        return builder;
    }

    /// <summary>
    /// Adds a <see cref="SyncEngine"/> with a name, such as one for each company, as a keyed singleton.
    /// </summary>
    /// <remarks>
    /// Resolve the engine with its name as the key:
    /// <c>provider.GetRequiredKeyedService&lt;SyncEngine&gt;("cronus")</c>. Its connectors and its store are keyed
    /// services with the same key. Engines in one process that connect to one service with one account share the limits
    /// of that account. The engine uses the container's <see cref="TimeProvider"/> and
    /// <see cref="Logging.ILoggerFactory"/> if they are registered. Resolving it throws
    /// <see cref="SyncConfigurationException"/> if a connector is missing, the options are invalid, or another engine has
    /// the same name.
    /// </remarks>
    /// <param name="services">The service collection.</param>
    /// <param name="engineName">
    /// The name. Names that differ in letter case alone are the same, and two engines of one name are refused.
    /// </param>
    /// <param name="configure">Configures the engine.</param>
    /// <returns>The builder, for further configuration.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="services"/> or <paramref name="configure"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="engineName"/> is null, empty, or white space.
    /// </exception>
    public static SyncBuilder AddDataverseSync(
        this IServiceCollection services, string engineName, Action<SyncBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(engineName);
        ArgumentNullException.ThrowIfNull(configure);
        if (Find(services, engineName) is { } known)
        {
            // Told by the engine, so that it comes in one message with all other problems.
            _ = known.AddProblem($"Two engines are named '{engineName}'.");
            return known;
        }

        var builder = Add(services, engineName);
        configure(builder);
        return builder;
    }

    private static SyncBuilder? Find(IServiceCollection services, string? name) => services
        .Where(item => item.ServiceType == typeof(SyncBuilder))
        .Select(item => item.IsKeyedService ? item.KeyedImplementationInstance : item.ImplementationInstance)
        .OfType<SyncBuilder>()
        .FirstOrDefault(builder => string.Equals(builder.EngineName, name, StringComparison.OrdinalIgnoreCase));

    private static SyncBuilder Add(IServiceCollection services, string? name)
    {
        var builder = new SyncBuilder(services, name);
        _ = services.AddKeyedSingleton(name, builder);
        services.TryAddKeyedSingleton(name, (provider, _) => builder.Build(provider));
        return builder;
    }
}
