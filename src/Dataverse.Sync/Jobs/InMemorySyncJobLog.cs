namespace Dataverse.Sync;

/// <summary>A job log in memory, lost with the process.</summary>
/// <remarks>Safe for concurrent use. It grows until <see cref="DeleteAsync"/> is called.</remarks>
public sealed class InMemorySyncJobLog : ISyncJobLog
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Entry> entries = [];
    private long lastSequence;

    /// <inheritdoc/>
    public ValueTask SaveAsync(SyncJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            entries[job.Id] = entries.TryGetValue(job.Id, out var entry)
                ? entry with { Job = job }
                : new(job, ++lastSequence, []);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask AddErrorsAsync(IReadOnlyList<SyncJobError> errors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(errors);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            foreach (var error in errors)
            {
                if (entries.TryGetValue(error.JobId, out var entry))
                {
                    entry.Errors.Add(error);
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SyncJob>> ListAsync(
        string scope, string? mapping, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return new([.. entries.Values
                .Where(entry => entry.Job.Key.Scope == scope && (mapping is null || entry.Job.Key.Mapping == mapping))
                .OrderByDescending(entry => entry.Job.StartedOn).ThenByDescending(entry => entry.Sequence)
                .Take(limit).Select(entry => entry.Job)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SyncJobError>> ListErrorsAsync(Guid jobId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return new(entries.TryGetValue(jobId, out var entry)
                ? [.. entry.Errors.OrderBy(error => error.OccurredOn)]
                : []);
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> DeleteAsync(
        string scope,
        DateTimeOffset finishedBefore,
        IReadOnlyCollection<Guid> keep,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(keep);
        cancellationToken.ThrowIfCancellationRequested();
        var kept = keep.ToHashSet();
        lock (gate)
        {
            var expired = entries.Values.Select(entry => entry.Job)
                .Where(job => job.Key.Scope == scope && job.FinishedOn < finishedBefore && !kept.Contains(job.Id))
                .ToList();
            expired.ForEach(job => entries.Remove(job.Id));
            return new(expired.Count);
        }
    }

    private sealed record Entry(SyncJob Job, long Sequence, List<SyncJobError> Errors);
}
