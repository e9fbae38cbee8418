using Dataverse.Sync.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Quartz;

namespace Dataverse.Sync.Hosting;

/// <summary>Runs the job queue while the host runs.</summary>
/// <remarks>
/// The scheduler has a container of its own, so that it does not meet the Quartz of the application. It keeps
/// nothing: what must survive is in the coupling store.
/// </remarks>
internal sealed class JobQueueService(
    IServiceProvider provider, IOptions<JobQueueOptions> options) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan RetentionInterval = TimeSpan.FromDays(1);

    private StandaloneSchedulerFactory? factory;
    private ScheduledRuns? runs;

    /// <exception cref="SyncConfigurationException">The settings are invalid; nothing is run.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var queue = provider.GetRequiredService<JobQueue>();
        var loggers = provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        runs = new(queue, new GuardedLogger(loggers.CreateLogger<JobQueue>()));
        factory = QuartzSchedulerBuilder.Create(Configure).Build();
        var scheduler = await factory.GetScheduler(cancellationToken).ConfigureAwait(false);
        await scheduler.Start(cancellationToken).ConfigureAwait(false);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (factory is null || runs is null)
        {
            return;
        }

        await runs.CancelAsync().ConfigureAwait(false);
        var scheduler = await factory.GetScheduler(cancellationToken).ConfigureAwait(false);
        await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken).ConfigureAwait(false);
        await runs.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (factory is not null)
        {
            await factory.DisposeAsync().ConfigureAwait(false);
        }

        runs?.Dispose();
    }

    private void Configure(IQuartzBuilder quartz)
    {
        _ = quartz.Services.AddSingleton(runs!);
        if (provider.GetService<ILoggerFactory>() is { } loggers)
        {
            _ = quartz.Services.AddSingleton(loggers);
        }

        _ = quartz.UseTimeProvider(provider.GetService<TimeProvider>() ?? TimeProvider.System);
        _ = quartz.ScheduleJob<DueCheckJob>(trigger => trigger.WithIdentity("due").StartNow()
            .WithSimpleSchedule(schedule => schedule.WithInterval(options.Value.CheckInterval).RepeatForever()));
        _ = quartz.ScheduleJob<RetentionJob>(trigger => trigger.WithIdentity("retention").StartNow()
            .WithSimpleSchedule(schedule => schedule.WithInterval(RetentionInterval).RepeatForever()));
    }
}
