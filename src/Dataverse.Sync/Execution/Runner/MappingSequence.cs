namespace Dataverse.Sync.Execution;

/// <summary>
/// Runs all mappings one after the other. What stops one of them holds back only the mappings that depend on it.
/// </summary>
internal sealed class MappingSequence(
    EngineServices services, MappingRunner runner, CompiledCatalog catalog, RunRequest request)
{
    private readonly List<SyncJob> jobs = [];
    private readonly List<Exception> failures = [];

    /// <summary>The mappings that were not run to their end, by name.</summary>
    private readonly HashSet<string> stopped = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The runs to continue, by the place of their job, in the order of the mappings.</summary>
    private readonly SortedDictionary<int, RunOutcome> open = [];

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
            foreach (var (place, outcome) in open)
            {
                jobs[place] = await runner.FinishAsync(outcome.Open!).ConfigureAwait(false);
            }
        }

        return failures.Count == 0 ? jobs : throw new SyncRunException(jobs, failures);
    }

    private async Task RunEachAsync(CancellationToken cancellationToken)
    {
        foreach (var mapping in catalog.InOrder)
        {
            if (!mapping.Mapping.IsEnabled)
            {
                var reason = $"Mapping '{mapping.Name}' was not run, because it is switched off.";
                await LogAsync(mapping, SyncJobStatus.Skipped, reason).ConfigureAwait(false);
            }
            else if (ReasonToSkip(mapping) is { } reason)
            {
                await EndAsync(mapping, reason, failure: null).ConfigureAwait(false);
            }
            else if (mapping.Obstacle is { } obstacle)
            {
                failures.Add(obstacle);
                await EndAsync(mapping, ReasonOf.Failure(obstacle), obstacle).ConfigureAwait(false);
            }
            else
            {
                await RunAsync(mapping, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Records of a circle of mappings wait for each other, so the run of one mapping cannot land all of them. Each turn
    // lands those whose records were created in the turn before.
    private async Task ContinueAsync(CancellationToken cancellationToken)
    {
        for (var hasTried = open.Count > 0; hasTried;)
        {
            hasTried = false;
            foreach (var (place, before) in open.ToList())
            {
                (var tried, var outcome) = await runner.ContinueAsync(before, cancellationToken).ConfigureAwait(false);
                hasTried |= tried;
                if (outcome.Open is null)
                {
                    _ = open.Remove(place);
                    jobs[place] = outcome.Job;
                    cancellationToken.ThrowIfCancellationRequested();
                    failures.AddRange(outcome.Failure is { } failure ? [failure] : []);
                }
            }
        }
    }

    // Not only mappings earlier in the order: a lookup may lead through a later one, which must be valid at least.
    private string? ReasonToSkip(CheckedMapping mapping)
    {
        if (request.Options.StopsAtFirstFailure && failures.Count > 0)
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
    private bool IsMissing(CheckedMapping dependent, string name) => stopped.Contains(name)
        || (catalog.Find(name) is { IsValid: false } invalid
            && (invalid.Mapping.IsEnabled || dependent.Lookups.Contains(name, StringComparer.OrdinalIgnoreCase)));

    private async Task RunAsync(CheckedMapping mapping, CancellationToken cancellationToken)
    {
        var staysOpen = catalog.CircleOf(mapping.Name).Count > 1;
        var outcome = await runner.AttemptAsync(catalog, mapping.Compiled!, request, staysOpen, cancellationToken)
            .ConfigureAwait(false);
        if (outcome.Failure is null)
        {
            if (outcome.Open is not null)
            {
                open[jobs.Count] = outcome;
            }

            jobs.Add(outcome.Job);
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        failures.Add(outcome.Failure);
        if (outcome.HasStarted)
        {
            jobs.Add(outcome.Job);
            _ = stopped.Add(mapping.Name);
        }
        else
        {
            await EndAsync(mapping, outcome.Job.Message!, outcome.Failure).ConfigureAwait(false);
        }
    }

    // The job of a mapping that did not begin is logged as well, so that the history shows why it did not.
    private async Task EndAsync(CheckedMapping mapping, string reason, Exception? failure)
    {
        var status = failure is null ? SyncJobStatus.Skipped : SyncJobStatus.Stopped;
        _ = stopped.Add(mapping.Name);
        var job = await LogAsync(mapping, status, reason).ConfigureAwait(false);
        services.Logger.MappingNotRun(job, failure);
    }

    private async Task<SyncJob> LogAsync(CheckedMapping mapping, SyncJobStatus status, string reason)
    {
        var job = services.NewJob(mapping.Mapping, request.Kind);
        job = job with { Status = status, Message = reason, FinishedOn = job.StartedOn };
        jobs.Add(job);
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
}
