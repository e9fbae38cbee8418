namespace Dataverse.Sync.Execution;

/// <summary>Reports named records that the system does not return and that are not coupled.</summary>
/// <remarks>A coupled record that is not returned is suspected to be deleted, and reported by the deletion stage.</remarks>
internal sealed class UnknownRecords(
    MappingCouplings couplings, FailureLedger failures, DeletionScan scan, Commits commits)
{
    public async Task ReportAsync(SyncSide side, IReadOnlyCollection<Guid> missing, CancellationToken cancellationToken)
    {
        var coupled = await couplings.FindAllAsync(side, missing, cancellationToken).ConfigureAwait(false);
        var unknown = missing.Except(coupled.Select(coupling => coupling.IdOf(side))).ToList();
        var failed = unknown.FindAll(id => failures.Of(new(side, id)) is not null);
        var gone = await scan.ProveGoneAsync(side, failed, cancellationToken).ConfigureAwait(false);
        var unit = commits.Begin();
        foreach (var id in unknown)
        {
            var record = new RecordKey(side, id);
            unit.Skip(record, new(SyncErrorCodes.NotFound, $"The {side.Word()} system has no record with this id."));
            unit.Count(record, PlanOutcome.Failed);
            if (gone.Contains(id))
            {
                unit.Clear(record);
            }
        }

        await unit.CommitAsync(cancellationToken).ConfigureAwait(false);
    }
}
