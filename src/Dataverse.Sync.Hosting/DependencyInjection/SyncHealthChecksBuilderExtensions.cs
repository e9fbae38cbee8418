using Dataverse.Sync;
using Dataverse.Sync.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that add the health check of an engine.</summary>
public static class SyncHealthChecksBuilderExtensions
{
    private const string DefaultName = "dataverse-sync";

    /// <summary>Adds a health check of an engine and its job queue, which <c>AddJobQueue</c> adds.</summary>
    /// <remarks>
    /// It is unhealthy if the coupling store cannot be used or an entry is in error, and degraded or unhealthy if a
    /// mapping is late, too many records fail, or too many conflicts are open. Entries on hold are never late. It
    /// sends no request, and reads the failures and open conflicts from the store.
    /// </remarks>
    /// <param name="builder">The builder of the health checks.</param>
    /// <param name="configure">Changes the limits, or null for the default ones.</param>
    /// <param name="engineName">The name of the engine, or null for the engine without a name.</param>
    /// <param name="name">
    /// The name of the check; null for <c>dataverse-sync</c>, followed by a hyphen and the name of the engine if it has
    /// one.
    /// </param>
    /// <param name="failureStatus">What is reported in place of unhealthy, or null for unhealthy.</param>
    /// <param name="tags">Tags by which health checks are chosen, or null for none.</param>
    /// <returns>The builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IHealthChecksBuilder AddDataverseSync(
        this IHealthChecksBuilder builder,
        Action<SyncHealthOptions>? configure = null,
        string? engineName = null,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new SyncHealthOptions();
        configure?.Invoke(options);
        return builder.Add(new(
            name ?? (engineName is null ? DefaultName : $"{DefaultName}-{engineName}"),
            provider => new SyncHealthCheck(
                provider.GetRequiredKeyedService<SyncEngine>(engineName),
                provider.GetRequiredKeyedService<JobQueue>(engineName),
                options,
                provider.GetService<TimeProvider>() ?? TimeProvider.System),
            failureStatus,
            tags));
    }
}
