namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds partners in an index of the uncoupled records of the other side, which takes few requests if many records are
/// uncoupled.
/// </summary>
/// <remarks>
/// The other side is read once. The index takes about 36 bytes per record and group, so a million records fit; only
/// repeated values need a set.
/// </remarks>
internal sealed class ScanningPartnerFinder(CompiledMapping mapping, MappingTables tables, MappingCouplings couplings)
    : PartnerFinder(mapping, couplings)
{
    private readonly Dictionary<SyncSide, Dictionary<IndexKey, Ids>> indexes = [];

    protected override async Task<Func<Candidate, IEnumerable<Guid>>> FindHitsAsync(
        int group, IReadOnlyList<SearchedRecord> candidates, CancellationToken cancellationToken)
    {
        if (candidates.Count == 0)
        {
            return _ => [];
        }

        var side = candidates[0].Candidate.Source.Opposite();
        if (!indexes.TryGetValue(side, out var index))
        {
            index = await BuildAsync(side, cancellationToken).ConfigureAwait(false);
            indexes[side] = index;
        }

        var hits = candidates.ToDictionary(
            searched => searched.Candidate,
            searched => index.GetValueOrDefault(new IndexKey(group, searched.Key)).All);
        Guid[] ids = [.. hits.Values.SelectMany(found => found).Distinct()];
        var coupled = await Couplings.FindAsync(side, ids, cancellationToken).ConfigureAwait(false);
        return candidate => hits[candidate].Where(id => !coupled.ContainsKey(id));
    }

    private async Task<Dictionary<IndexKey, Ids>> BuildAsync(SyncSide side, CancellationToken cancellationToken)
    {
        var index = new Dictionary<IndexKey, Ids>();
        var pages = tables.ReadChangesAsync(side, since: null, FieldsToRead(side), isFiltered: true, cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            var uncoupled = await KeepUncoupledAsync(side, page.Records, cancellationToken).ConfigureAwait(false);
            foreach (var record in uncoupled)
            {
                Add(index, side, record);
            }
        }

        return index;
    }

    private void Add(Dictionary<IndexKey, Ids> index, SyncSide side, TableRecord record)
    {
        for (var group = 0; group < Groups.Count; group++)
        {
            var forms = Forms[group].Of(record, side);
            var holds = MatchForms.Matchable(forms);
            for (var present = holds; present != 0; present = (present - 1) & holds)
            {
                var key = new IndexKey(group, MatchForms.KeyOf(forms, present));
                index[key] = index.GetValueOrDefault(key).With(record.Id);
            }
        }
    }

    private readonly record struct IndexKey(int Group, ulong Values);

    // A set, because a feed may deliver a record twice.
    private readonly record struct Ids(Guid First, HashSet<Guid>? Others)
    {
        public IEnumerable<Guid> All => First == Guid.Empty ? [] : Others is null ? [First] : Others.Prepend(First);

        public Ids With(Guid id)
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
