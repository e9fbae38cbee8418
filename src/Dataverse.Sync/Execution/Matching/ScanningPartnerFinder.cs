namespace Dataverse.Sync.Execution;

/// <summary>Finds partners in an index over the uncoupled records of the other side, read once; few requests when many records are uncoupled.</summary>
/// <remarks>The index keeps three dozen bytes a record and group, so that a million records fit; only values that repeat pay for a set.</remarks>
internal sealed class ScanningPartnerFinder(MappingRunContext run) : PartnerFinder(run)
{
    private readonly Dictionary<SyncSide, Dictionary<IndexKey, Candidates>> indexes = [];

    protected override async Task<Func<PairWork, IEnumerable<Guid>>> FindCandidatesAsync(MatchGroup group, IReadOnlyList<PairWork> asking, CancellationToken cancellationToken)
    {
        if (asking.Count == 0)
        {
            return _ => [];
        }

        var side = asking[0].Source.Opposite();
        if (!indexes.TryGetValue(side, out var index))
        {
            index = await BuildAsync(side, cancellationToken).ConfigureAwait(false);
            indexes[side] = index;
        }

        var hits = asking.ToDictionary(work => work, work => index.GetValueOrDefault(KeyOf(work, group)).Ids);
        var coupled = await FindCoupledAsync(side, [.. hits.Values.SelectMany(ids => ids).Distinct()], cancellationToken).ConfigureAwait(false);
        return work => hits[work].Where(id => !coupled.Contains(id));
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

    private async Task<HashSet<Guid>> FindCoupledAsync(SyncSide side, List<Guid> hits, CancellationToken cancellationToken)
    {
        if (hits.Count == 0)
        {
            return [];
        }

        var couplings = await Run.Store.FindAsync(Run.Key, side, hits, cancellationToken).ConfigureAwait(false);
        return [.. couplings.Select(coupling => coupling.IdOf(side))];
    }

    private async Task<Dictionary<IndexKey, Candidates>> BuildAsync(SyncSide side, CancellationToken cancellationToken)
    {
        var index = new Dictionary<IndexKey, Candidates>();
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

    private void Add(Dictionary<IndexKey, Candidates> index, SyncSide side, TableRecord record)
    {
        var groups = Run.Mapping.Mapping.MatchGroups;
        for (var number = 0; number < groups.Count; number++)
        {
            var holds = MatchKey.PresentFields(record, groups[number], side);
            for (var present = holds; present != 0; present = (present - 1) & holds)
            {
                var key = new IndexKey(number, MatchKey.Of(record, groups[number], side, present));
                index[key] = index.GetValueOrDefault(key).With(record.Id);
            }
        }
    }

    private readonly record struct IndexKey(int Group, ulong Values);

    // A set, because a feed may deliver a record twice.
    private readonly record struct Candidates(Guid First, HashSet<Guid>? Others)
    {
        public IEnumerable<Guid> Ids => First == Guid.Empty ? [] : Others is null ? [First] : Others.Prepend(First);

        public Candidates With(Guid id)
        {
            if (First == Guid.Empty || First == id)
            {
                return this with { First = id };
            }

            var others = Others ?? [];
            _ = others.Add(id);
            return this with { Others = others };
        }
    }
}
