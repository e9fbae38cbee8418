namespace Dataverse.Sync.Execution;

/// <summary>
/// Recognizes the coupled records of a batch that were merged into other records. If the batch contains the survivor,
/// the coupling moves at once; otherwise the stage for merges reads the survivor.
/// </summary>
internal sealed class MergeStep(
    RunSettings settings, CouplingMove move, MergedPairs merged, HeldRecords held, FailureLedger failures, Commits commits)
{
    private readonly CompiledMapping mapping = settings.Mapping;

    /// <summary>Returns the candidates that take part, survivors with the coupling that they took over.</summary>
    public async Task<List<Candidate>> TakeAsync(
        SyncSide side, List<Candidate> candidates, CancellationToken cancellationToken)
    {
        var facts = mapping.Merges[side];
        if (!facts.IsPossible || settings.OnlyMatches)
        {
            return candidates;
        }

        var movable = candidates.Where(candidate => candidate.Coupling is null && CanTakeOver(candidate))
            .ToDictionary(candidate => candidate.Record.Id);
        var onward = candidates.Where(candidate => facts.IsMerged(candidate.Record))
            .ToDictionary(candidate => candidate.Record.Id, candidate => facts.SurvivorOf(candidate.Record));
        var unit = commits.Begin();
        var replaced = new Dictionary<Candidate, Candidate>();
        foreach (var candidate in candidates.Where(IsMergedPair))
        {
            var last = Follow(candidate, onward);
            if (last is { } id && movable.Remove(id, out var survivor))
            {
                var coupling = move.Move(candidate.Coupling!, side, survivor.Record, unit);
                replaced[survivor] = new(side, survivor.Record, coupling);
            }
            else
            {
                merged.Note(candidate.Key, last);
            }
        }

        await unit.CommitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var survivor in replaced.Keys)
        {
            failures.TryAgain(survivor.Key);
        }

        return
        [
            .. candidates.Select(candidate => replaced.GetValueOrDefault(candidate, candidate))
                .Where(candidate => !IsMergedPair(candidate) && !Waits(candidate)),
        ];
    }

    // A survivor may have been merged itself. Where the batch does not show it, the stage follows on.
    private static Guid? Follow(Candidate merged, Dictionary<Guid, Guid?> onward)
    {
        var last = onward[merged.Record.Id];
        for (var hops = onward.Count; hops > 0 && last is { } id && onward.TryGetValue(id, out var next); hops--)
        {
            last = next ?? last;
        }

        return last;
    }

    private bool IsMergedPair(Candidate candidate) =>
        candidate.Coupling is not null && mapping.Merges[candidate.Source].IsMerged(candidate.Record);

    // Excludes merged records too.
    private bool CanTakeOver(Candidate candidate) => !held.IsHeld(candidate.Key)
        && !mapping.Excludes(candidate.Source, candidate.Record)
        && mapping.ProblemOf(candidate.Source, candidate.Record) is null;

    private bool Waits(Candidate candidate) => candidate.Coupling is null && merged.IsAwaited(candidate.Key);
}
