namespace Dataverse.Sync.Execution;

/// <summary>
/// Runs all mappings, several at once where <see cref="MappingOrder"/> allows it. What stops one of them holds back only the
/// mappings that depend on it.
/// </summary>
/// <remarks>
/// Only the loop changes the state of the sequence, when it takes over how a mapping ended. A mapping that ends without
/// waiting for anything is taken over before the next one begins, so that systems that answer at once see the order of the
/// catalog.
/// </remarks>
internal sealed class MappingSequence(
    EngineServices services, MappingRunner runner, CompiledCatalog catalog, RunRequest request)
{
    private readonly IReadOnlyList<CheckedMapping> mappings = catalog.InOrder;
    private readonly MappingOrder order = new(catalog);
    private readonly MappingEnd?[] ends = new MappingEnd?[catalog.InOrder.Count];
    private readonly List<Exception> laterFailures = [];

    /// <summary>The mappings that are running, by their places in the order of the catalog.</summary>
    private readonly SortedDictionary<int, Task<MappingEnd>> running = [];

    // The overlay of a preview serves one run at a time, and "the first failure" has a meaning only in an order.
    private int Limit =>
        services.IsPreview || request.Options.StopsAtFirstFailure ? 1 : services.MaxConcurrentMappings;

    private List<Exception> Failures =>
        [.. ends.Select(end => end?.Failure).OfType<Exception>(), .. laterFailures];

    /// <summary>The places of the runs to continue.</summary>
    private List<int> OpenPlaces =>
        [.. Enumerable.Range(0, ends.Length).Where(place => ends[place]?.Open is not null)];

    /// <exception cref="SyncRunException">A mapping could not be run to its end.</exception>
    public async Task<IReadOnlyList<SyncJob>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunEachAsync(cancellationToken).ConfigureAwait(false);
            await ContinueAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await FinishAllAsync().ConfigureAwait(false);
        }

        List<SyncJob> jobs = [.. ends.Select(end => end!.Job)];
        return Failures is { Count: > 0 } failures ? throw new SyncRunException(jobs, failures) : jobs;
    }

    private async Task RunEachAsync(CancellationToken cancellationToken)
    {
        while (ends.Contains(null))
        {
            if (running.FirstOrDefault(run => run.Value.IsCompleted) is (var ended, { } completed))
            {
                _ = running.Remove(ended);
                var end = await completed.ConfigureAwait(false);
                ends[ended] = end;
                ThrowIfCancelled(end.Failure, cancellationToken);
            }
            else if (FindReady() is { } ready)
            {
                running.Add(ready, RunAsync(mappings[ready], cancellationToken));
            }
            else
            {
                _ = await Task.WhenAny(running.Values).ConfigureAwait(false);
            }
        }
    }

    private int? FindReady()
    {
        for (var place = 0; place < ends.Length && running.Count < Limit; place++)
        {
            var isWaiting = ends[place] is null && !running.ContainsKey(place);
            if (isWaiting && order.IsReady(place, earlier => ends[earlier] is not null))
            {
                return place;
            }
        }

        return null;
    }

    // Records of a circle of mappings wait for each other, so the run of one mapping cannot land all of them. Each turn
    // lands those whose records were created in the turn before.
    private async Task ContinueAsync(CancellationToken cancellationToken)
    {
        for (var hasTried = true; hasTried;)
        {
            hasTried = false;
            foreach (var place in OpenPlaces)
            {
                var before = ends[place]!.Open!;
                (var tried, var outcome) = await runner.ContinueAsync(before, cancellationToken).ConfigureAwait(false);
                hasTried |= tried;
                if (outcome.Open is null)
                {
                    ends[place] = new(outcome.Job);
                    cancellationToken.ThrowIfCancellationRequested();
                    laterFailures.AddRange(outcome.Failure is { } failure ? [failure] : []);
                }
            }
        }
    }

    // An exception or a cancellation leaves runs behind. They end before the caller learns of it.
    private async Task FinishAllAsync()
    {
        foreach (var (place, run) in running)
        {
            await ((Task)run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ends[place] = run.IsCompletedSuccessfully ? await run.ConfigureAwait(false) : null;
        }

        foreach (var place in OpenPlaces)
        {
            ends[place] = new(await runner.FinishAsync(ends[place]!.Open!.Open!).ConfigureAwait(false));
        }
    }

    private async Task<MappingEnd> RunAsync(CheckedMapping mapping, CancellationToken cancellationToken)
    {
        if (!mapping.Mapping.IsEnabled)
        {
            var off = $"Mapping '{mapping.Name}' was not run, because it is switched off.";
            return new(await LogAsync(mapping, SyncJobStatus.Skipped, off).ConfigureAwait(false));
        }

        if (ReasonToSkip(mapping) is { } reason)
        {
            return await EndAsync(mapping, reason, failure: null).ConfigureAwait(false);
        }

        return mapping.Obstacle is { } obstacle
            ? await EndAsync(mapping, ReasonOf.Failure(obstacle), obstacle).ConfigureAwait(false)
            : await AttemptAsync(mapping, cancellationToken).ConfigureAwait(false);
    }

    // Not only mappings earlier in the order: a lookup may lead through a later one, which must be valid at least.
    private string? ReasonToSkip(CheckedMapping mapping)
    {
        if (request.Options.StopsAtFirstFailure && Failures.Count > 0)
        {
            return $"Mapping '{mapping.Name}' was not run, because the run stops at the first failure.";
        }

        var missing = mapping.IsValid ? mapping.Prerequisites.FirstOrDefault(name => IsMissing(mapping, name)) : null;
        return missing is null
            ? null
            : $"Mapping '{mapping.Name}' was not run, because it depends on mapping '{missing}', "
                + "which was not run to its end.";
    }

    // A mapping that is switched off holds nothing back, except lookups if its tables are not known.
    private bool IsMissing(CheckedMapping dependent, string name) => WasStopped(name)
        || (catalog.Find(name) is { IsValid: false } invalid
            && (invalid.Mapping.IsEnabled || dependent.Lookups.Contains(name, StringComparer.OrdinalIgnoreCase)));

    private bool WasStopped(string name) => ends.Index().Any(end =>
        end.Item is { IsStopped: true } && string.Equals(mappings[end.Index].Name, name, StringComparison.OrdinalIgnoreCase));

    private async Task<MappingEnd> AttemptAsync(CheckedMapping mapping, CancellationToken cancellationToken)
    {
        var staysOpen = catalog.CircleOf(mapping.Name).Count > 1;
        var outcome = await runner.AttemptAsync(catalog, mapping.Compiled!, request, staysOpen, cancellationToken)
            .ConfigureAwait(false);
        var isCancelled = outcome.Failure is not null && cancellationToken.IsCancellationRequested;
        return outcome.HasStarted || isCancelled
            ? new(outcome.Job, outcome.Failure)
            {
                IsStopped = outcome.Failure is not null,
                Open = outcome.Open is null ? null : outcome,
            }
            : await EndAsync(mapping, outcome.Job.Message!, outcome.Failure).ConfigureAwait(false);
    }

    // The job of a mapping that did not begin is logged as well, so that the history shows why it did not.
    private async Task<MappingEnd> EndAsync(CheckedMapping mapping, string reason, Exception? failure)
    {
        var status = failure is null ? SyncJobStatus.Skipped : SyncJobStatus.Stopped;
        var job = await LogAsync(mapping, status, reason).ConfigureAwait(false);
        services.Logger.MappingNotRun(job, failure);
        return new(job, failure) { IsStopped = true };
    }

    private async Task<SyncJob> LogAsync(CheckedMapping mapping, SyncJobStatus status, string reason)
    {
        var job = services.NewJob(mapping.Mapping, request.Kind);
        job = job with { Status = status, Message = reason, FinishedOn = job.StartedOn };
        try
        {
            await services.JobLog.SaveAsync(job, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The store may be the very thing that failed. The exception of the run carries the job anyway.
        }

        return job;
    }

    private static void ThrowIfCancelled(Exception? failure, CancellationToken cancellationToken)
    {
        if (failure is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
