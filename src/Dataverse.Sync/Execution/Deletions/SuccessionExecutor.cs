namespace Dataverse.Sync.Execution;

/// <summary>Couples survivors with the records that take the place of their deleted partners.</summary>
internal sealed class SuccessionExecutor(
    Func<SyncSide, IReadOnlyCollection<Guid>, CancellationToken, Task> synchronize,
    ReferenceResolver references,
    RowClaims claims,
    Commits commits)
{
    public async Task ExecuteAsync(List<DeletionDecision> decisions, CancellationToken cancellationToken)
    {
        if (decisions.Count == 0)
        {
            return;
        }

        var claimed = await ClaimAsync(decisions, cancellationToken).ConfigureAwait(false);
        var unit = commits.Begin();
        claimed.ForEach(decision => TakeOver(decision, unit));
        await unit.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        references.Forget();
        foreach (var side in claimed.GroupBy(item => item.Successor!.Value.Side, item => item.Successor!.Value.Id))
        {
            await synchronize(side.Key, [.. side], cancellationToken).ConfigureAwait(false);
        }
    }

    // The claim comes first. A pair whose row another company claimed meanwhile is judged again by the next run.
    private async Task<List<DeletionDecision>> ClaimAsync(
        List<DeletionDecision> decisions, CancellationToken cancellationToken)
    {
        if (!claims.CanClaim)
        {
            return decisions;
        }

        _ = await commits.CoverWriteAsync(cancellationToken).ConfigureAwait(false);
        var claimed = await claims.ClaimAsync(decisions.ConvertAll(RowOf), cancellationToken).ConfigureAwait(false);
        return decisions.FindAll(decision => claimed.Contains(RowOf(decision)));
    }

    private static Guid RowOf(DeletionDecision decision) =>
        decision.Successor is { Side: SyncSide.Integration } successor ? successor.Id : decision.Missing.SurvivorKey.Id;

    // The new pair has no base, so that it is synchronized like one that was just matched.
    private static void TakeOver(DeletionDecision decision, UnitOfWork unit)
    {
        var (successor, survivor) = (decision.Successor!.Value, decision.Missing.SurvivorKey);
        unit.Uncouple(decision.Coupling.LocalId);
        unit.Couple(Coupling.Between(successor.Side, successor.Id, survivor.Id));
        unit.Clear(decision.Coupling);
        unit.Clear(successor);
    }
}
