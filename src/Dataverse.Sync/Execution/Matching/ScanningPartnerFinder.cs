namespace Dataverse.Sync.Execution;

/// <summary>Finds partners in an index over the uncoupled records of the other side, read once; few requests when many records are uncoupled.</summary>
/// <remarks>The index keeps two dozen bytes a record and group, so that a million records fit.</remarks>
internal sealed class ScanningPartnerFinder(MappingRunContext run) : PartnerFinder(run)
{
    private readonly Dictionary<SyncSide, Dictionary<IndexKey, Candidate>> indexes = [];

    protected override async Task<Func<PairWork, Guid?>> FindCandidatesAsync(MatchGroup group, IReadOnlyList<PairWork> asking, CancellationToken cancellationToken)
    {
        if (asking.Count == 0)
        {
            return _ => null;
        }

        var side = asking[0].Source.Opposite();
        if (!indexes.TryGetValue(side, out var index))
        {
            index = await BuildAsync(side, cancellationToken).ConfigureAwait(false);
            indexes[side] = index;
        }

        var couplings = await FindCoupledAsync(side, group, asking, index, cancellationToken).ConfigureAwait(false);
        return work => index.TryGetValue(KeyOf(work, group), out var candidate) && candidate.IsOnly && !couplings.Contains(candidate.Id) ? candidate.Id : null;
    }

    private IndexKey KeyOf(PairWork work, MatchGroup group)
    {
        var present = MatchKey.PresentFields(work.SourceRecord, group, work.Source);
        return new(GroupNumber(group), MatchKey.Of(work.SourceRecord, group, work.Source, present));
    }

    private int GroupNumber(MatchGroup group)
    {
        var groups = Run.Mapping.Mapping.MatchGroups;
        for (var number = 0; number < groups.Count; number++)
        {
            if (ReferenceEquals(groups[number], group))
            {
                return number;
            }
        }

        return -1;
    }

    private async Task<HashSet<Guid>> FindCoupledAsync(SyncSide side, MatchGroup group, IReadOnlyList<PairWork> asking, Dictionary<IndexKey, Candidate> index, CancellationToken cancellationToken)
    {
        var hits = asking.Select(work => index.GetValueOrDefault(KeyOf(work, group))).Where(candidate => candidate.IsOnly).Select(candidate => candidate.Id).Distinct().ToList();
        if (hits.Count == 0)
        {
            return [];
        }

        var couplings = await Run.Store.FindAsync(Run.Key, side, hits, cancellationToken).ConfigureAwait(false);
        return [.. couplings.Select(coupling => coupling.IdOf(side))];
    }

    private async Task<Dictionary<IndexKey, Candidate>> BuildAsync(SyncSide side, CancellationToken cancellationToken)
    {
        var index = new Dictionary<IndexKey, Candidate>();
        var query = new ChangeQuery
        {
            Table = Run.Mapping.Schema(side).Name,
            Fields = CandidateFields(side),
            Filter = Run.Mapping.Filter(side),
            PageSize = Run.Options.PageSize,
        };
        await foreach (var page in Run.On(side).ReadChangesAsync(query, cancellationToken).ConfigureAwait(false))
        {
            foreach (var record in await KeepCandidatesAsync(side, page.Records, cancellationToken).ConfigureAwait(false))
            {
                Add(index, side, record);
            }
        }

        return index;
    }

    private void Add(Dictionary<IndexKey, Candidate> index, SyncSide side, TableRecord record)
    {
        var groups = Run.Mapping.Mapping.MatchGroups;
        for (var number = 0; number < groups.Count; number++)
        {
            var holds = MatchKey.PresentFields(record, groups[number], side);
            for (var present = holds; present != 0; present = (present - 1) & holds)
            {
                var key = new IndexKey(number, MatchKey.Of(record, groups[number], side, present));
                index[key] = index.TryGetValue(key, out var existing)
                    ? existing with { IsAmbiguous = existing.IsAmbiguous || existing.Id != record.Id }
                    : new(record.Id, false);
            }
        }
    }

    private readonly record struct IndexKey(int Group, ulong Values);

    private readonly record struct Candidate(Guid Id, bool IsAmbiguous)
    {
        public bool IsOnly => Id != Guid.Empty && !IsAmbiguous;
    }
}
