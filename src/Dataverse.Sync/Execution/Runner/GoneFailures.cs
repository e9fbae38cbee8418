namespace Dataverse.Sync.Execution;

/// <summary>
/// Removes the failures of records that are proved not to exist or no longer pass the filter. Every other failure
/// remains until its record succeeds, what is remembered of an uncoupled pair as long as the record exists, and that of a
/// pair that waits for its filter until the filter passes it. That of a coupled record remains until its deletion is
/// processed, since the run may stop before that.
/// </summary>
internal sealed class GoneFailures(
    MappingCouplings couplings, FailureLedger failures, HeldRecords held, DeletionScan scan, Commits commits)
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
        var absent = missing.Count == 0
            ? []
            : await scan.ProveAsync(side, missing, cancellationToken).ConfigureAwait(false);
        var coupled = await couplings.FindAsync(side, [.. absent, .. found.Excluded], cancellationToken).ConfigureAwait(false);
        absent.ExceptWith(coupled.Keys);
        var unit = commits.Begin();
        var over = ids.Where(id => absent.Contains(id)
            || (found.Excluded.Contains(id) && !UncoupledPairs.IsMemory(failures.Of(new(side, id)))));
        foreach (var record in over.Select(id => new RecordKey(side, id)))
        {
            if (failures.Of(record) is { } failure
                && !(coupled.ContainsKey(record.Id) && WaitsForFilter(failure))
                && !failures.HasFailedNow(record)
                && !held.Contains(record)
                && !FailureLedger.IsLeftToPerson(failure))
            {
                unit.Clear(record);
            }
        }

        await unit.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static bool WaitsForFilter(RecordFailure failure) =>
        failure.Error.Code is SyncErrorCodes.OutsideFilter or SyncErrorCodes.OtherCompany;
}
