namespace Dataverse.Sync.Execution;

/// <summary>
/// Claims integration rows that the plan of their pair does not write: those for which a local record is created, and
/// those that are only coupled. All others are claimed in the same write as their values.
/// </summary>
/// <remarks>
/// The claim comes first, under the condition of the version that was read. So of two companies that found the same row,
/// one creates a record.
/// </remarks>
internal sealed class ClaimStep(RunSettings settings, MappingTables tables, Commits commits)
{
    public async Task<List<PlannedPair>> ClaimAsync(List<PlannedPair> planned, CancellationToken cancellationToken)
    {
        if (settings.Mapping.Claim is not { } claim)
        {
            return planned;
        }

        var places = Enumerable.Range(0, planned.Count).Where(place => IsClaimedFirst(planned[place], claim)).ToList();
        if (places.Count == 0)
        {
            return planned;
        }

        var rows = places.ConvertAll(place => planned[place].Pair.On(SyncSide.Integration)!);
        var sendBefore = await commits.CoverWriteAsync(cancellationToken).ConfigureAwait(false);
        var operations = rows.ConvertAll(row => RowClaims.UpdateOf(row, claim.Write));
        var results = await tables.WriteAsync(SyncSide.Integration, operations, sendBefore, cancellationToken)
            .ConfigureAwait(false);
        for (var number = 0; number < places.Count; number++)
        {
            planned[places[number]] = After(planned[places[number]], rows[number], claim, results[number]);
        }

        return planned;
    }

    private bool IsClaimedFirst(PlannedPair planned, CompanyClaim claim)
    {
        var (pair, plan) = planned;
        var isCreated = plan.Outcome == PlanOutcome.Inserted && pair.Source == SyncSide.Integration;
        return (isCreated || (settings.OnlyMatches && pair.IsNewlyCoupled))
            && !plan.EndsWay
            && pair.On(SyncSide.Integration) is { } row
            && claim.IsNeededBy(row)
            && plan.IntegrationWrites.ValueOf(claim.Column) is null;
    }

    // A claim that is refused is tried again with the record, in a later run.
    private static PlannedPair After(PlannedPair planned, TableRecord row, CompanyClaim claim, WriteResult result)
    {
        if (result.Status != WriteStatus.Applied)
        {
            return planned with { Plan = PairPlan.Fail(WriteErrors.Of(result)) };
        }

        var records = planned.Pair.Records.With(SyncSide.Integration, RowClaims.Claimed(row, claim, result));
        return planned with { Pair = planned.Pair with { Records = records } };
    }
}
