namespace Dataverse.Sync.Execution;

/// <summary>
/// Removes the failures of uncoupled records that are proved not to exist or no longer pass the filter. The memory of an
/// uncoupled pair remains as long as the record exists. The failure of a coupled record remains until its deletion is
/// processed, since the run may stop before that. If the record no longer passes the filter, its failure waits for the
/// filter: it may concern the deletion of the partner, which is reported only once.
/// </summary>
internal sealed class GoneFailures(
    MappingCouplings couplings,
    FailureLedger failures,
    HeldRecords held,
    DeletionScan scan,
    FilterGate gate,
    Commits commits)
{
    /// <summary>Removes the failures of those of some records that are over.</summary>
    /// <param name="side">The side of the records.</param>
    /// <param name="ids">The ids by which the records were read.</param>
    /// <param name="found">The result of the read.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public async Task ClearAsync(
        SyncSide side, IReadOnlyCollection<Guid> ids, NamedRecordsFound found, CancellationToken cancellationToken)
    {
        var missing = ids.Where(id => !found.Present.Contains(id)).ToList();
        var absent = await scan.ProveGoneAsync(side, missing, cancellationToken).ConfigureAwait(false);
        List<Guid> over = [.. absent, .. found.Excluded.Keys];
        var coupled = await couplings.FindAsync(side, over, cancellationToken).ConfigureAwait(false);
        var unit = commits.Begin();
        foreach (var id in over)
        {
            var record = new RecordKey(side, id);
            if (failures.Of(record) is { } failure
                && !failures.HasFailedNow(record)
                && !held.Contains(record)
                && !FailureLedger.IsLeftToPerson(failure))
            {
                End(failure, found.Excluded.GetValueOrDefault(id), coupled.ContainsKey(id), unit);
            }
        }

        await unit.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void End(RecordFailure failure, TableRecord? excluded, bool isCoupled, UnitOfWork unit)
    {
        if (!isCoupled && (excluded is null || !UncoupledPairs.IsMemory(failure)))
        {
            unit.Clear(failure.Record);
        }
        else if (isCoupled && excluded is not null && !FailureLedger.IsAboutFilter(failure))
        {
            var reason = gate.ReasonOf(failure.Record.Side, excluded, SelectionErrors.OutsideFilter);
            unit.Await(failure.Record, new(reason, excluded.Version) { WaitsForFilter = true });
        }
    }
}
