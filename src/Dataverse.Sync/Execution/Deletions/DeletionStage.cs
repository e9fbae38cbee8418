namespace Dataverse.Sync.Execution;

/// <summary>After all changes: proves suspected deletions, decides each by policy, blows the fuse if they are too many, and carries them out.</summary>
internal sealed class DeletionStage(MappingRunContext run, SuspectedDeletions suspects, DeletionScan scan, DeletionPlanner planner, DeletionExecutor executor)
{
    private const int AlwaysAllowed = 10;

    /// <summary>Carries out the deletions; answers why the run must stop, or null.</summary>
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        var works = new List<DeletionWork>();
        foreach (var side in Sides.Both)
        {
            works.AddRange(await GatherAsync(side, cancellationToken).ConfigureAwait(false));
        }

        if (works.Count == 0)
        {
            return null;
        }

        await planner.PlanAsync(works, cancellationToken).ConfigureAwait(false);
        var deletions = works.Count(work => work.Action == DeletionAction.DeleteSurvivor);
        var allowed = await AllowedAsync(cancellationToken).ConfigureAwait(false);
        if (deletions > allowed)
        {
            run.Logger.DeletionFuseBlown(run.Mapping.Name, deletions, allowed);
            return $"The run would delete {deletions} records, more than the {allowed} that mapping '{run.Mapping.Name}' allows at once. Nothing was deleted. Check the other side, then run again allowing mass deletion, or uncouple the records.";
        }

        await executor.ExecuteAsync(works, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task<long> AllowedAsync(CancellationToken cancellationToken)
    {
        if (run.Options.AllowsMassDeletion)
        {
            return long.MaxValue;
        }

        var couplings = await run.Store.CountAsync(run.Key, cancellationToken).ConfigureAwait(false);
        return Math.Max(AlwaysAllowed, (long)(couplings * run.Mapping.Mapping.MaximumDeletionShare));
    }

    private async Task<List<DeletionWork>> GatherAsync(SyncSide side, CancellationToken cancellationToken)
    {
        var missing = suspects.On(side, reported: true);
        var unproved = suspects.On(side, reported: false);
        if (unproved.Count > 0)
        {
            missing.AddRange(await scan.ProveAsync(side, unproved, cancellationToken).ConfigureAwait(false));
        }

        var works = new List<DeletionWork>();
        foreach (var ids in missing.Distinct().Chunk(1000))
        {
            var couplings = await run.Store.FindAsync(run.Key, side, ids, cancellationToken).ConfigureAwait(false);
            works.AddRange(couplings.Select(coupling => new DeletionWork(side, coupling)));
        }

        return works;
    }
}
