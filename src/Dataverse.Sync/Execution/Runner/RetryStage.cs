namespace Dataverse.Sync.Execution;

/// <summary>
/// Retries failed records that are due, and waiting records whose reference was coupled. Reading the store costs no
/// request.
/// </summary>
internal sealed class RetryStage(
    RunSettings settings,
    MappingCouplings couplings,
    FailureLedger failures,
    HeldRecords held,
    NamedRecordReader reader,
    DeletionScan scan,
    Commits commits)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var resolvable = await FindResolvableAsync(cancellationToken).ConfigureAwait(false);
        var due = failures.All.Where(failure => IsDue(failure, resolvable)).Select(failure => failure.Record).ToList();
        foreach (var side in Sides.Both)
        {
            var ids = due.Where(record => record.Side == side).Select(record => record.Id).ToList();
            if (ids.Count > 0)
            {
                // A record that failed may have been deleted before it was coupled, when its deletion concerned no pair.
                var found = await reader.ProcessAsync(side, ids, mayBeGone: true, cancellationToken)
                    .ConfigureAwait(false);
                await ClearGoneAsync(side, ids, found, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private bool IsDue(RecordFailure failure, HashSet<RecordKey> resolvable)
    {
        if (LeftRecords.IsLeft(failure))
        {
            return false;
        }

        if ((settings.Options.RetriesAllFailures && !failure.NeedsDecision) || resolvable.Contains(failure.Record))
        {
            return true;
        }

        return !FailureLedger.IsLeftToPerson(failure) && failure.NextTryOn is { } due && due <= settings.Now;
    }

    private async Task<HashSet<RecordKey>> FindResolvableAsync(CancellationToken cancellationToken)
    {
        var waiting = failures.All.Where(failure => failure.Awaited is not null).SelectMany(failure =>
            failure.Awaited!.All().SelectMany(awaited => awaited.Mappings.Select(mapping =>
                (Mapping: mapping, awaited.Record, Waiter: failure.Record))));
        var resolvable = new HashSet<RecordKey>();
        foreach (var group in waiting.GroupBy(item => (item.Mapping, item.Record.Side)).ToList())
        {
            var (mapping, side) = group.Key;
            var ids = group.Select(item => item.Record.Id).Distinct().ToList();
            var coupled = await couplings.FindInAsync(mapping, side, ids, cancellationToken).ConfigureAwait(false);
            var found = coupled.Select(coupling => coupling.IdOf(side)).ToHashSet();
            resolvable.UnionWith(group.Where(item => found.Contains(item.Record.Id)).Select(item => item.Waiter));
        }

        return resolvable;
    }

    // The failure of a record that is proved not to exist, or no longer passes the filter, is removed. Every other one
    // remains until its record succeeds.
    private async Task ClearGoneAsync(
        SyncSide side, List<Guid> ids, NamedRecordsFound found, CancellationToken cancellationToken)
    {
        var missing = ids.FindAll(id => !found.Present.Contains(id));
        var absent = missing.Count == 0
            ? []
            : await scan.ProveAsync(side, missing, cancellationToken).ConfigureAwait(false);
        var unit = commits.Begin();
        var over = ids.Where(id => found.Excluded.Contains(id) || absent.Contains(id));
        foreach (var record in over.Select(id => new RecordKey(side, id)))
        {
            if (failures.Of(record) is { } failure
                && !failures.HasFailedNow(record)
                && !held.Contains(record)
                && !FailureLedger.IsLeftToPerson(failure))
            {
                unit.Clear(record);
            }
        }

        await unit.CommitAsync(cancellationToken).ConfigureAwait(false);
    }
}
