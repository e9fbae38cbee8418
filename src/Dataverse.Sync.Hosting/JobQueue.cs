using System.Diagnostics.CodeAnalysis;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dataverse.Sync.Hosting;

/// <summary>Runs the mappings of an engine when they are due. Business Central: job queue.</summary>
/// <remarks>
/// <para>Every mapping has an entry, whose state is kept in the coupling store, so that it survives restarts and is
/// shared by all processes on the store. An entry runs in one process at a time. An entry that is due waits while one
/// on which its mapping depends, or one over the same pair of tables, is in process or due before it; all others run
/// at once. When all of those have run since the entry became due, it goes before them.</para>
/// <para>The hosted service of <c>AddJobQueue</c> looks for due entries by itself. Without it, call
/// <see cref="RunDueAsync"/>, such as from the timer of a function.</para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "Business Central's name.")]
public sealed partial class JobQueue
{
    private readonly SyncEngine engine;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly QueueClock clock;
    private QueueParts parts;

    /// <summary>Initializes a new instance of the <see cref="JobQueue"/> class. Reads and runs nothing.</summary>
    /// <param name="engine">The engine, whose coupling store must implement <see cref="IJobQueueStore"/>.</param>
    /// <param name="options">The settings, which are read once; null for the default ones.</param>
    /// <param name="timeProvider">
    /// The clock, or null for <see cref="TimeProvider.System"/>. Entries are due by the clock of the store if it has one.
    /// </param>
    /// <param name="loggerFactory">Creates the logger, or null not to log.</param>
    /// <exception cref="ArgumentNullException"><paramref name="engine"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">
    /// An option is invalid, an entry names an unknown mapping, or the store keeps no entries. The exception lists
    /// every problem.
    /// </exception>
    public JobQueue(
        SyncEngine engine,
        JobQueueOptions? options = null,
        TimeProvider? timeProvider = null,
        ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        this.engine = engine;
        time = timeProvider ?? TimeProvider.System;
        logger = new GuardedLogger((loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<JobQueue>());
        clock = new(engine.JobQueueStore!, time);
        parts = NewParts(options ?? new());
    }

    /// <summary>Uses other settings from the next look for due entries on. Runs in process end as they began.</summary>
    /// <remarks>
    /// A shorter interval also applies to the start that is stored. The hosted service keeps its
    /// <see cref="JobQueueOptions.CheckInterval"/> and <see cref="JobQueueOptions.MeasureInterval"/> until it is started
    /// again.
    /// </remarks>
    /// <param name="options">The settings, which are read once.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">
    /// An option is invalid, or an entry names an unknown mapping. The exception lists every problem, and the former
    /// settings stay in use.
    /// </exception>
    public void Change(JobQueueOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Volatile.Write(ref parts, NewParts(options));
    }

    /// <summary>Lists the entries in the order in which they run.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The entries of all mappings, and the full synchronizations that were asked for.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    public async Task<IReadOnlyList<JobQueueEntry>> ListAsync(CancellationToken cancellationToken = default)
    {
        var claims = Parts.Claims;
        var states = await claims.OpenAsync(cancellationToken).ConfigureAwait(false);
        var stored = await claims.RefreshAsync(states, cancellationToken).ConfigureAwait(false);
        return
        [
            .. stored.OrderBy(entry => claims.Order.PlaceOf(entry.Mapping)).ThenBy(entry => entry.IsOneTime)
                .ThenBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => Describe(claims, entry)),
        ];
    }

    /// <summary>Runs the entries that are due, and those that become due meanwhile, until there is none.</summary>
    /// <remarks>
    /// A run that fails is stored in the state of its entry and thrown nowhere. Entries that another process runs are
    /// not waited for.
    /// </remarks>
    /// <param name="cancellationToken">
    /// A token that cancels the runs. Everything that they have committed remains, and their entries start again with
    /// the next look.
    /// </param>
    /// <returns>A task that completes when this process runs no entry any more.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    /// <exception cref="OperationCanceledException">The operation was cancelled.</exception>
    public async Task RunDueAsync(CancellationToken cancellationToken = default)
    {
        List<Task> running = [];
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _ = running.RemoveAll(task => task.IsCompleted);
                running.AddRange(await StartDueAsync(cancellationToken).ConfigureAwait(false));
                if (running.Count == 0)
                {
                    return;
                }

                _ = await Task.WhenAny(running).ConfigureAwait(false);
            }
        }
        finally
        {
            await Task.WhenAll(running).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes old jobs and their errors, as <see cref="JobQueueOptions.JobRetention"/> says.</summary>
    /// <remarks>The hosted service does so when it starts and once a day.</remarks>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The number of deleted jobs.</returns>
    /// <exception cref="CouplingStoreException">The store or the job log cannot read or write.</exception>
    public async Task<int> DeleteOldJobsAsync(CancellationToken cancellationToken = default)
    {
        if (Parts.Settings.JobRetention is not { } retention)
        {
            return 0;
        }

        var kept = new HashSet<Guid>();
        foreach (var mapping in engine.Mappings.All)
        {
            var failures = engine.Issues.ListFailuresAsync(mapping.Name, cancellationToken).ConfigureAwait(false);
            await foreach (var failure in failures)
            {
                _ = kept.Add(failure.JobId);
            }
        }

        var scope = await engine.FindScopeAsync(cancellationToken).ConfigureAwait(false);
        var deleted = await engine.JobLog.DeleteAsync(
            scope.Name, time.GetUtcNow() - retention, kept, cancellationToken).ConfigureAwait(false);
        logger.OldJobsDeleted(deleted);
        return deleted;
    }

    /// <summary>How often the hosted service looks for due entries.</summary>
    internal TimeSpan CheckInterval => Parts.Settings.CheckInterval;

    /// <summary>How often the hosted service measures for the gauges.</summary>
    internal TimeSpan MeasureInterval => Parts.Settings.MeasureInterval;

    private QueueParts Parts => Volatile.Read(ref parts);

    /// <summary>Reads the clock by which entries are due.</summary>
    internal ValueTask<DateTimeOffset> ReadTimeAsync(CancellationToken cancellationToken) => clock.ReadAsync(cancellationToken);

    /// <summary>Starts the entries that are due and can start. Returns their runs, none of which throws.</summary>
    internal async Task<IReadOnlyList<Task>> StartDueAsync(CancellationToken cancellationToken)
    {
        var present = Parts;
        var claimed = await present.Claims.ClaimDueAsync(cancellationToken).ConfigureAwait(false);
        return [.. claimed.Select(entry => present.Run.RunAsync(entry, cancellationToken))];
    }

    private QueueParts NewParts(JobQueueOptions options)
    {
        var settings = new JobQueueSettings(Validate(engine, options, time));
        return new(
            settings,
            new EntryClaims(engine, engine.JobQueueStore!, settings, clock, logger),
            new EntryRun(engine, new(settings.OwnershipDuration, settings.BusyDelay), time, logger));
    }

    private static JobQueueOptions Validate(SyncEngine engine, JobQueueOptions options, TimeProvider time)
    {
        List<string> problems =
        [
            .. engine.JobQueueStore is null
                ? [$"The coupling store cannot keep a job queue, because it does not implement {nameof(IJobQueueStore)}."]
                : Array.Empty<string>(),
            .. JobQueueOptionsValidator.Problems(
                options, engine.Mappings.All.Select(mapping => mapping.Name), time.GetUtcNow()),
        ];
        return problems.Count == 0 ? options : throw new SyncConfigurationException(problems);
    }

    private static JobQueueEntry Describe(EntryClaims claims, StoredJobQueueEntry entry)
    {
        var (entrySettings, isEnabled) = (claims.SettingsOf(entry), claims.CanStart(entry));
        return new()
        {
            Name = entry.Name,
            Mapping = entry.Mapping,
            Kind = entrySettings.Kind,
            IsEnabled = isEnabled,
            ExpectedOn = isEnabled ? EntryExpectation.Of(entry, entrySettings) : null,
            Stored = entry,
        };
    }
}
