using Dataverse.Sync;
using Dataverse.Sync.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that add the health check of an engine.</summary>
public static class SyncHealthChecksBuilderExtensions
{
    /// <summary>Adds a health check of the engine and its job queue, which <c>AddJobQueue</c> adds.</summary>
    /// <remarks>
    /// It is unhealthy if the coupling store cannot be used or an entry is in error, and degraded or unhealthy if a
    /// mapping is late, too many records fail, or too many conflicts are open. Entries on hold are never late. It
    /// sends no request, and reads the failures and open conflicts from the store.
    /// </remarks>
    /// <param name="builder">The builder of the health checks.</param>
    /// <param name="configure">Changes the limits, or null for the default ones.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">What is reported in place of unhealthy, or null for unhealthy.</param>
    /// <param name="tags">Tags by which health checks are chosen, or null for none.</param>
    /// <returns>The builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IHealthChecksBuilder AddDataverseSync(
        this IHealthChecksBuilder builder,
        Action<SyncHealthOptions>? configure = null,
        string name = "dataverse-sync",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new SyncHealthOptions();
        configure?.Invoke(options);
        return builder.Add(new(
            name,
            provider => new SyncHealthCheck(
                provider.GetRequiredService<SyncEngine>(),
                provider.GetRequiredService<JobQueue>(),
                options),
            failureStatus,
            tags));
    }
}
