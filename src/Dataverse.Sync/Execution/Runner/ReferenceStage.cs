namespace Dataverse.Sync.Execution;

/// <summary>
/// Tries records again that waited for records of this run, and lets go of those that wait for each other: they are
/// created without the references of their circle, which are set as soon as all of them exist.
/// </summary>
internal sealed class ReferenceStage(
    RunSettings settings,
    FailureLedger failures,
    AwaitedCouplings awaited,
    CircleSearch circles,
    PostponedReferences postponed,
    NamedRecordReader reader,
    GoneFailures gone,
    DecidedRecords decided,
    PairCounter counter,
    JobRecorder job)
{
    /// <summary>Tries the records until none is left for which anything has changed.</summary>
    /// <param name="named">The records of a run of named records, or null for all.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>Whether a record was tried.</returns>
    public async Task<bool> RunAsync(NamedRecords? named, CancellationToken cancellationToken)
    {
        if (settings.OnlyMatches || settings.Circle.Count == 0)
        {
            return false;
        }

        var hasTried = false;
        while (await FindDueAsync(named, cancellationToken).ConfigureAwait(false) is { Count: > 0 } due)
        {
            hasTried = true;
            await TryAsync(due, cancellationToken).ConfigureAwait(false);
        }

        return hasTried;
    }

    private async Task<List<RecordKey>> FindDueAsync(NamedRecords? named, CancellationToken cancellationToken)
    {
        var waiting = failures.All.Where(settings.WaitsInCircle).ToList();
        if (waiting.Count == 0)
        {
            return [];
        }

        var resolvable = await awaited.FindResolvableAsync(waiting, cancellationToken).ConfigureAwait(false);
        var due = Untried(waiting.Where(failure => resolvable.Contains(failure.Record)), named, isResolvable: true);
        if (due.Count > 0)
        {
            return due;
        }

        var blocked = waiting.FindAll(failure => !resolvable.Contains(failure.Record));
        var (members, cut) = await circles.FindAsync(blocked, cancellationToken).ConfigureAwait(false);
        postponed.AddRange(members);
        return Untried(cut, named, isResolvable: false);
    }

    private List<RecordKey> Untried(IEnumerable<RecordFailure> waiting, NamedRecords? named, bool isResolvable) =>
    [
        .. waiting.Where(failure => IsNamed(failure.Record, named)
                && decided.NoteTried(failure.Record, failure.Awaited!, isResolvable))
            .Select(failure => failure.Record),
    ];

    private static bool IsNamed(RecordKey record, NamedRecords? named) =>
        named is null || (named.Side == record.Side && named.Ids.Contains(record.Id));

    private async Task TryAsync(List<RecordKey> records, CancellationToken cancellationToken)
    {
        foreach (var record in records)
        {
            failures.TryAgain(record);
            counter.TryAgain(record);
            job.WithdrawErrors(record);
        }

        foreach (var group in records.GroupBy(record => record.Side, record => record.Id))
        {
            List<Guid> ids = [.. group];
            var found = await reader.ProcessAsync(group.Key, ids, mayBeGone: true, cancellationToken)
                .ConfigureAwait(false);
            await gone.ClearAsync(group.Key, ids, found, cancellationToken).ConfigureAwait(false);
        }
    }
}
