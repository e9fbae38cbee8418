namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds the pairs of a page that changed while they were written, and reads them again for another round.
/// </summary>
internal sealed class NextRound(
    CompiledMapping mapping, MappingTables tables, UncertainInserts uncertain, SuspectedDeletions suspects)
{
    /// <summary>Prepares the next round.</summary>
    /// <param name="page">The pairs of this round.</param>
    /// <param name="done">Receives the pairs that need no further round.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The pairs to plan again, with their current records.</returns>
    public async Task<List<Pair>> PrepareAsync(
        List<WrittenPair> page, List<WrittenPair> done, CancellationToken cancellationToken)
    {
        var again = page.FindAll(NeedsAnotherRound);
        if (again.Count == 0)
        {
            done.AddRange(page);
            return [];
        }

        done.AddRange(page.Where(written => !NeedsAnotherRound(written)));
        var kept = again.ConvertAll(KeepApplied);
        var records = new Sides<Dictionary<Guid, TableRecord>>(
            await ReadAsync(SyncSide.Local, kept, cancellationToken).ConfigureAwait(false),
            await ReadAsync(SyncSide.Integration, kept, cancellationToken).ConfigureAwait(false));
        var pairs = new List<Pair>(again.Count);
        foreach (var (written, pair) in again.Zip(kept))
        {
            var current = Sides.Of(side => records[side].GetValueOrDefault(pair.Coupling!.IdOf(side)));
            var refreshed = AdoptInsert(pair with { Records = Sides.Of(side => current[side] ?? pair.On(side)) });
            if (SuspectMissing(pair.Coupling!, current))
            {
                done.Add(written with { Write = written.Write with { Pair = refreshed } });
            }
            else
            {
                pairs.Add(refreshed);
            }
        }

        return pairs;
    }

    private bool NeedsAnotherRound(WrittenPair written) =>
        NeedsAnotherRound(written, SyncSide.Local) || NeedsAnotherRound(written, SyncSide.Integration);

    private bool NeedsAnotherRound(WrittenPair written, SyncSide side) => written.Results[side]?.Status switch
    {
        WriteStatus.VersionMismatch => written.Pair.Coupling is not null,
        WriteStatus.AlreadyExists => uncertain.ReservedFor(written.Pair.Key) is { } reserved
            && reserved.TargetId == written.Write.Operations[side]!.Id,
        _ => false,
    };

    private Pair KeepApplied(WrittenPair written)
    {
        var pair = written.Pair;
        var history = pair.History with { Intents = [.. pair.History.Intents, .. IntentsOf(written)] };
        pair = pair with { History = history };
        if (written.OnlyAppliedSide is { } applied)
        {
            pair = pair with
            {
                Base = BaseAfterWrite.ComputePartly(mapping, written, applied),
                History = history with
                {
                    Decided = [.. history.Decided, .. PairConflicts.CarriedOut(written)],
                    HasWritten = true,
                },
            };
        }

        // The insert of an earlier run was applied after all, under the id that was reserved for it.
        if (pair.Coupling is null && uncertain.ReservedFor(pair.Key) is { } insert)
        {
            var coupling = Coupling.Between(pair.Source, insert.SourceId, insert.TargetId);
            pair = pair with { Coupling = coupling, Base = insert.Outcome };
        }

        return pair;
    }

    private Pair AdoptInsert(Pair pair)
    {
        var insert = uncertain.ReservedFor(pair.Key);
        return insert is not null && ReferenceEquals(pair.Base, insert.Outcome) && pair.On(insert.Target) is { } found
            ? pair with { Base = AdoptedBase.Of(mapping, insert, found) }
            : pair;
    }

    private static IEnumerable<Intent> IntentsOf(WrittenPair written) =>
        Sides.Both.Select(side => written.Write.Intents[side]).OfType<Intent>();

    private Task<Dictionary<Guid, TableRecord>> ReadAsync(
        SyncSide side, List<Pair> pairs, CancellationToken cancellationToken) =>
        tables.ReadAsync(side, pairs.ConvertAll(pair => pair.Coupling!.IdOf(side)), cancellationToken);

    private bool SuspectMissing(Coupling coupling, Sides<TableRecord?> current)
    {
        foreach (var side in Sides.Both)
        {
            if (current[side] is null)
            {
                suspects.Add(side, coupling.IdOf(side), isReported: false);
                return true;
            }
        }

        return false;
    }
}
