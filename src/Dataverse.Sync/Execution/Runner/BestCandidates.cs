namespace Dataverse.Sync.Execution;

/// <summary>Chooses, for doubtful records, the uncoupled candidates that agree with them in most fields.</summary>
internal sealed class BestCandidates(EngineServices services, CompiledMapping mapping, MappingKey key)
{
    private readonly FieldAgreement agreement = new(mapping);
    private readonly FilterGate gate = new(mapping);
    private readonly MappingTables tables = new(mapping, services.Systems, pageSize: null, services.TimeProvider);

    public async Task<IReadOnlyList<Coupling>> FindAsync(
        IReadOnlyList<RecordFailure> doubts, CancellationToken cancellationToken)
    {
        var pairs = new List<Coupling>();
        foreach (var group in doubts.GroupBy(doubt => doubt.Record.Side))
        {
            pairs.AddRange(await FindAsync(group.Key, [.. group], cancellationToken).ConfigureAwait(false));
        }

        // Both records of a pair may be doubtful. Two pairs with a record in common contradict each other.
        var distinct = pairs.DistinctBy(pair => (pair.LocalId, pair.IntegrationId)).ToList();
        return distinct.FindAll(pair => !distinct.Exists(other => !ReferenceEquals(pair, other)
            && (other.LocalId == pair.LocalId || other.IntegrationId == pair.IntegrationId)));
    }

    private async Task<List<Coupling>> FindAsync(
        SyncSide side, List<RecordFailure> doubts, CancellationToken cancellationToken)
    {
        var other = side.Opposite();
        var ids = doubts.ConvertAll(doubt => doubt.Record.Id);
        var candidates = doubts.SelectMany(doubt => IdsOn(other, doubt)).ToHashSet();
        var taken = await FindCoupledAsync(side, ids, cancellationToken).ConfigureAwait(false);
        candidates.ExceptWith(await FindCoupledAsync(other, candidates, cancellationToken).ConfigureAwait(false));
        var records = await tables.ReadAllAsync(side, ids, cancellationToken).ConfigureAwait(false);
        var partners = await tables.ReadAllAsync(other, candidates, cancellationToken).ConfigureAwait(false);
        var pairs = new List<Coupling>();
        foreach (var doubt in doubts.Where(doubt => !taken.Contains(doubt.Record.Id)))
        {
            var possible = IdsOn(other, doubt).Select(partners.GetValueOrDefault).OfType<TableRecord>()
                .Where(partner => !gate.IsClaimedByOther(other, partner));
            if (records.TryGetValue(doubt.Record.Id, out var record)
                && !gate.IsClaimedByOther(side, record)
                && agreement.FindBest(side, record, possible) is { } best)
            {
                pairs.Add(Coupling.Between(side, record.Id, best.Id));
            }
        }

        return pairs;
    }

    private static IEnumerable<Guid> IdsOn(SyncSide side, RecordFailure doubt) =>
        doubt.Candidates.Where(candidate => candidate.Record.Side == side).Select(candidate => candidate.Record.Id);

    private async Task<HashSet<Guid>> FindCoupledAsync(
        SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var found = ids.Count == 0
            ? []
            : await services.Store.FindAsync(key, side, ids, cancellationToken).ConfigureAwait(false);
        return [.. found.Select(coupling => coupling.IdOf(side))];
    }
}
