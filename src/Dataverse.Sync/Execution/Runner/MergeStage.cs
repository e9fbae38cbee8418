namespace Dataverse.Sync.Execution;

/// <summary>
/// Moves the couplings of merged records to their survivors, and synchronizes the pairs. A pair whose survivor cannot
/// take over is left to a person.
/// </summary>
internal sealed class MergeStage(
    RunSettings settings,
    MappingTables tables,
    MappingCouplings couplings,
    MergedPairs merged,
    HeldRecords held,
    CouplingMove move,
    FailureLedger failures,
    NamedRecordReader reader,
    Commits commits)
{
    // A survivor may have been merged into another record itself. No chain of real merges comes near the limit.
    private const int LongestChain = 20;

    private readonly CompiledMapping mapping = settings.Mapping;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var side in Sides.Both)
        {
            var survivors = merged.TakeAll(side);
            if (survivors.Count > 0)
            {
                await ProcessAsync(side, survivors, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ProcessAsync(
        SyncSide side, Dictionary<Guid, Guid?> survivors, CancellationToken cancellationToken)
    {
        var pairs = await couplings.FindAllAsync(side, [.. survivors.Keys], cancellationToken).ConfigureAwait(false);
        var records = await FollowAsync(side, survivors, cancellationToken).ConfigureAwait(false);
        var coupled = await couplings.FindAllAsync(side, [.. records.Keys], cancellationToken).ConfigureAwait(false);
        var taken = coupled.Select(coupling => coupling.IdOf(side)).ToHashSet();
        var unit = commits.Begin();
        var moved = new List<Guid>();
        foreach (var pair in pairs)
        {
            var (id, survivor) = (pair.IdOf(side), survivors[pair.IdOf(side)]);
            var record = survivor is { } known ? records.GetValueOrDefault(known) : null;
            if (record is not null && held.IsHeld(new(side, record.Id)))
            {
                Postpone(pair, side, MergeErrors.SurvivorUncertain(id, record.Id, side), unit);
                continue;
            }

            if (ReasonToAsk(id, survivor, record, side, taken) is { } reason)
            {
                Ask(pair, side, survivor, reason, taken, unit);
                continue;
            }

            _ = taken.Add(record!.Id);
            _ = move.Move(pair, side, record, unit);
            moved.Add(record.Id);
        }

        await unit.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        moved.ForEach(id => failures.TryAgain(new(side, id)));
        if (moved.Count > 0)
        {
            _ = await reader.ProcessAsync(side, moved, mayBeGone: false, cancellationToken).ConfigureAwait(false);
        }
    }

    // Reads the survivors, and replaces each that was merged itself by its own survivor.
    private async Task<Dictionary<Guid, TableRecord>> FollowAsync(
        SyncSide side, Dictionary<Guid, Guid?> survivors, CancellationToken cancellationToken)
    {
        var records = new Dictionary<Guid, TableRecord>();
        for (var length = 0; length < LongestChain; length++)
        {
            var unread = survivors.Values.OfType<Guid>().Where(id => !records.ContainsKey(id)).Distinct().ToList();
            foreach (var (id, record) in await ReadAsync(side, unread, cancellationToken).ConfigureAwait(false))
            {
                records[id] = record;
            }

            var onward = survivors.Where(item => item.Value is { } id
                    && records.TryGetValue(id, out var record) && mapping.Merges[side].IsMerged(record))
                .Select(item => (item.Key, Next: mapping.Merges[side].SurvivorOf(records[item.Value!.Value])))
                .Where(item => item.Next is not null).ToList();
            if (onward.Count == 0)
            {
                break;
            }

            onward.ForEach(item => survivors[item.Key] = item.Next);
        }

        return records;
    }

    private async Task<Dictionary<Guid, TableRecord>> ReadAsync(
        SyncSide side, List<Guid> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? [] : await tables.ReadAllAsync(side, ids, cancellationToken).ConfigureAwait(false);

    private SyncError? ReasonToAsk(Guid id, Guid? survivor, TableRecord? record, SyncSide side, HashSet<Guid> taken) =>
        record is null ? MergeErrors.SurvivorGone(id, survivor, side)
        : taken.Contains(record.Id) ? MergeErrors.SurvivorCoupled(id, record.Id, side)
        : mapping.Excludes(side, record) ? MergeErrors.SurvivorOutside(id, record.Id, side)
        : mapping.ProblemOf(side, record);

    // A survivor whose own partner may be under way is not free.
    private static void Postpone(Coupling pair, SyncSide side, SyncError reason, UnitOfWork unit)
    {
        unit.Fail(new(side.Opposite(), pair.IdOf(side.Opposite())), new(reason));
        unit.Count(pair, PlanOutcome.Failed);
    }

    private static void Ask(
        Coupling pair, SyncSide side, Guid? survivor, SyncError reason, HashSet<Guid> taken, UnitOfWork unit)
    {
        List<MatchCandidate> candidates = [new(new(side, pair.IdOf(side)), Version: 0, IsCoupled: true)];
        if (survivor is { } id)
        {
            candidates.Add(new(new(side, id), Version: 0, taken.Contains(id)));
        }

        // A merged record is never synchronized again, so no later run would clear its failure.
        unit.Clear(new RecordKey(side, pair.IdOf(side)));
        unit.Fail(new(side.Opposite(), pair.IdOf(side.Opposite())), new(reason) { Candidates = candidates });
        unit.Count(pair, PlanOutcome.Doubtful);
    }
}
