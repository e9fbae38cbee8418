namespace Dataverse.Sync.Execution;

/// <summary>After all changes: proves suspected deletions, decides each by policy, blows the fuse if they are too many, and carries them out.</summary>
internal sealed class DeletionStage(MappingRunContext run, SuspectedDeletions suspects, DeletionScan scan, DeletionPlanner planner, DeletionExecutor executor)
{
    private const int AlwaysAllowed = 10;

    /// <summary>Carries out the deletions; answers why the run must stop, or null.</summary>
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        var gathered = new List<DeletionWork>();
        foreach (var side in Sides.Both)
        {
            gathered.AddRange(await GatherAsync(side, cancellationToken).ConfigureAwait(false));
        }

        // Of a pair both of whose records are gone one is enough to tell.
        var works = gathered.DistinctBy(work => work.Coupling.LocalId).ToList();
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
        var reported = await FindCouplingsAsync(side, suspects.On(side, reported: true), cancellationToken).ConfigureAwait(false);
        await RemoveOutdatedAsync(side, reported, cancellationToken).ConfigureAwait(false);
        var unproved = await FindCouplingsAsync(side, suspects.On(side, reported: false), cancellationToken).ConfigureAwait(false);
        if (unproved.Count > 0)
        {
            var absent = await scan.ProveAsync(side, unproved.Select(coupling => coupling.IdOf(side)), cancellationToken).ConfigureAwait(false);
            reported.AddRange(unproved.Where(coupling => absent.Contains(coupling.IdOf(side))));
            unproved = unproved.FindAll(coupling => !absent.Contains(coupling.IdOf(side)) && run.Memory.IsHeld(new(side.Opposite(), coupling.IdOf(side.Opposite()))));
        }

        return [.. reported.Select(coupling => new DeletionWork(side, coupling)), .. unproved.Select(coupling => new DeletionWork(side, coupling) { Error = DeletionWork.NotAnswered })];
    }

    // A record may have been created again under its id since its deletion was reported, by an insert that was repeated after a lost answer.
    private async Task RemoveOutdatedAsync(SyncSide side, List<Coupling> reported, CancellationToken cancellationToken)
    {
        foreach (var chunk in reported.Chunk(1000).ToList())
        {
            var present = await run.ReadAsync(side, [.. chunk.Select(coupling => coupling.IdOf(side))], cancellationToken).ConfigureAwait(false);
            _ = reported.RemoveAll(coupling => present.ContainsKey(coupling.IdOf(side)) || run.Preview?.HasCreated(coupling.IdOf(side)) == true);
        }
    }

    private async Task<List<Coupling>> FindCouplingsAsync(SyncSide side, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var found = new List<Coupling>();
        foreach (var chunk in ids.Chunk(1000))
        {
            found.AddRange(await run.Store.FindAsync(run.Key, side, chunk, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }
}
