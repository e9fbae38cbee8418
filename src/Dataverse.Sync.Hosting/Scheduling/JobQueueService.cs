using System.Diagnostics.CodeAnalysis;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Quartz;

namespace Dataverse.Sync.Hosting;

/// <summary>Runs the job queues of all engines while the host runs.</summary>
/// <remarks>
/// The scheduler has a container of its own, so that it does not meet the Quartz of the application. It keeps
/// nothing: what must survive is in the coupling stores.
/// </remarks>
internal sealed class JobQueueService(
    IServiceProvider provider, IEnumerable<RegisteredQueue> registered) : IHostedService, IAsyncDisposable
{
    // What Quartz asks a job for, so that a trimmed application keeps it.
    private const DynamicallyAccessedMemberTypes JobMembers = DynamicallyAccessedMemberTypes.PublicConstructors
        | DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.Interfaces;

    private static readonly TimeSpan RetentionInterval = TimeSpan.FromDays(1);

    private StandaloneSchedulerFactory? factory;
    private RunningQueues? running;

    /// <exception cref="SyncConfigurationException">The settings of an engine are invalid; nothing is run.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var queues = ResolveAll();
        var loggers = provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        var logger = new GuardedLogger(loggers.CreateLogger<JobQueue>());
        var time = provider.GetService<TimeProvider>() ?? TimeProvider.System;
        running = new([.. queues.Select(queue => new ScheduledRuns(queue.Queue, Measurement(queue.Queue, queue.Name), logger))], time);
        factory = QuartzSchedulerBuilder.Create(Configure).Build();
        var scheduler = await factory.GetScheduler(cancellationToken).ConfigureAwait(false);
        await scheduler.Start(cancellationToken).ConfigureAwait(false);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (factory is null || running is null)
        {
            return;
        }

        await Task.WhenAll(running.All.Select(queue => queue.CancelAsync())).ConfigureAwait(false);
        var scheduler = await factory.GetScheduler(cancellationToken).ConfigureAwait(false);
        await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(running.All.Select(queue => queue.WaitAsync(cancellationToken))).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (factory is not null)
        {
            await factory.DisposeAsync().ConfigureAwait(false);
        }

        running?.Dispose();
    }

    // Tells the problems of all engines at once.
    private List<(JobQueue Queue, string? Name)> ResolveAll()
    {
        var (queues, problems) = (new List<(JobQueue, string?)>(), new List<string>());
        foreach (var name in registered.Select(queue => queue.EngineName))
        {
            try
            {
                queues.Add((provider.GetRequiredKeyedService<JobQueue>(name), name));
            }
            catch (SyncConfigurationException failure)
            {
                problems.AddRange(failure.Problems.Select(problem => name is null ? problem : $"Engine '{name}': {problem}"));
            }
        }

        return problems.Count == 0 ? queues : throw new SyncConfigurationException(problems);
    }

    private QueueMeasurement Measurement(JobQueue queue, string? name) =>
        new(provider.GetRequiredKeyedService<SyncEngine>(name), queue, name);

    private void Configure(IQuartzBuilder quartz)
    {
        _ = quartz.Services.AddSingleton(running!);
        if (provider.GetService<ILoggerFactory>() is { } loggers)
        {
            _ = quartz.Services.AddSingleton(loggers);
        }

        _ = quartz.UseTimeProvider(provider.GetService<TimeProvider>() ?? TimeProvider.System);
        for (var queue = 0; queue < running!.All.Count; queue++)
        {
            Schedule<DueCheckJob>(quartz, "due", queue, running.All[queue].CheckInterval);
            Schedule<RetentionJob>(quartz, "retention", queue, RetentionInterval);
            Schedule<MeasureJob>(quartz, "measure", queue, running.All[queue].MeasureInterval);
        }
    }

    private static void Schedule<[DynamicallyAccessedMembers(JobMembers)] TJob>(
        IQuartzBuilder quartz, string purpose, int queue, TimeSpan interval)
        where TJob : class, IJob => quartz.ScheduleJob<TJob>(
            trigger => trigger.WithIdentity($"{purpose} {queue}").StartNow()
                .WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever()),
            job => RunningQueues.Assign(job, purpose, queue));
}
