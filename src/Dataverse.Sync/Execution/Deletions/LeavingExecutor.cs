namespace Dataverse.Sync.Execution;

/// <summary>Uncouples the pairs of which a record left its filter, and remembers both records.</summary>
internal sealed class LeavingExecutor(RunSettings settings, Commits commits)
{
    private const int PageSize = 500;

    public async Task ExecuteAsync(IReadOnlyList<LeavingPair> pairs, CancellationToken cancellationToken)
    {
        foreach (var page in pairs.Chunk(PageSize))
        {
            var unit = commits.Begin();
            foreach (var pair in page)
            {
                unit.Uncouple(pair.Coupling.LocalId);
                foreach (var side in Sides.Both)
                {
                    unit.Remember(pair.Coupling, side, UncoupledPairs.ByFilter, pair.Versions[side]);
                }

                unit.Skip(pair.Key, SelectionErrors.Left(settings.Mapping.Name, pair.Outside));
                unit.Count(pair.Coupling, PlanOutcome.Uncoupled);
            }

            await unit.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
