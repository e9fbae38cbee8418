using Dataverse.Sync.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dataverse.Sync;

/// <summary>Extension methods that let an engine run by itself.</summary>
public static class HostingSyncBuilderExtensions
{
    /// <summary>Adds a job queue, and a hosted service that runs its entries while the host runs.</summary>
    /// <remarks>
    /// Starting the host throws <see cref="SyncConfigurationException"/> with every problem of the settings. When the
    /// host stops, runs in process are cancelled at the next safe point, and their entries start again with the next
    /// process. Resolve <see cref="JobQueue"/>, with the name of the engine as its key if it has one, to list, hold,
    /// resume, or wake entries. Several calls configure one job queue. One hosted service runs the job queues of all
    /// engines.
    /// </remarks>
    /// <param name="builder">The builder of the engine.</param>
    /// <param name="configure">
    /// Changes the settings, or null for the default ones: every mapping runs every 30 minutes.
    /// </param>
    /// <returns>The builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static SyncBuilder AddJobQueue(this SyncBuilder builder, Action<JobQueueOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var name = builder.EngineName;
        var options = builder.Services.AddOptions<JobQueueOptions>(name);
        if (configure is not null)
        {
            _ = options.Configure(configure);
        }

        AddQueue(builder.Services, name);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JobQueueService>());
        return builder;
    }

    private static void AddQueue(IServiceCollection services, string? name)
    {
        if (services.Any(item => !item.IsKeyedService && item.ImplementationInstance is RegisteredQueue known
            && known.EngineName == name))
        {
            return;
        }

        _ = services.AddSingleton(new RegisteredQueue(name));
        services.TryAddKeyedSingleton(name, (provider, _) => new JobQueue(
            provider.GetRequiredKeyedService<SyncEngine>(name),
            provider.GetRequiredService<IOptionsMonitor<JobQueueOptions>>().Get(name),
            provider.GetService<TimeProvider>(),
            provider.GetService<ILoggerFactory>()));
    }
}
