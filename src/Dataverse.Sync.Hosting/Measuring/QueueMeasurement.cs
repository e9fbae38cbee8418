namespace Dataverse.Sync.Hosting;

/// <summary>Measures a job queue and keeps the result for the gauges, whose callbacks cannot wait for a store.</summary>
internal sealed class QueueMeasurement(SyncEngine engine, JobQueue queue, string? engineName)
{
    // Runs of single records and failed runs stand between. More of them than this, and the state of the entry answers.
    private const int SearchedJobs = 20;

    private QueueMeasures measures = QueueMeasures.None;

    /// <summary>The name of the engine, or null.</summary>
    public string? EngineName => engineName;

    /// <summary>What was measured last.</summary>
    public QueueMeasures Measures => Volatile.Read(ref measures);

    /// <summary>Measures.</summary>
    /// <exception cref="CouplingStoreException">The store or the job log cannot read.</exception>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var entries = await queue.ListAsync(cancellationToken).ConfigureAwait(false);
        var scope = (await engine.FindScopeAsync(cancellationToken).ConfigureAwait(false)).Name;
        var successes = new List<MappingSuccess>();
        var issues = new List<(string, IssueCounts)>();
        foreach (var mapping in engine.Mappings.All.Where(mapping => mapping.IsEnabled))
        {
            if (await LastSuccessAsync(scope, mapping.Name, entries, cancellationToken).ConfigureAwait(false) is { } startedOn)
            {
                successes.Add(new(mapping.Name, mapping.Direction, startedOn));
            }

            issues.Add((mapping.Name, await engine.Issues.CountAsync(mapping.Name, cancellationToken).ConfigureAwait(false)));
        }

        Volatile.Write(ref measures, new()
        {
            Entries = entries.GroupBy(entry => entry.State).ToDictionary(group => group.Key, group => group.Count()),
            Successes = successes,
            Issues = issues,
        });
    }

    private async Task<DateTimeOffset?> LastSuccessAsync(
        string scope, string mapping, IReadOnlyList<JobQueueEntry> entries, CancellationToken cancellationToken)
    {
        var jobs = await engine.JobLog.ListAsync(scope, mapping, SearchedJobs, cancellationToken).ConfigureAwait(false);
        var last = jobs.FirstOrDefault(job =>
            job.Kind is SyncJobKind.Modified or SyncJobKind.Full && job.Status == SyncJobStatus.Finished);
        return last?.StartedOn
            ?? entries.FirstOrDefault(entry => entry.Name == mapping)?.Stored.LastSucceededOn;
    }
}
