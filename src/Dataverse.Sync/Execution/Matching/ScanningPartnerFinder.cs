namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds partners in an index of the records of the other side, which takes few requests if many records are uncoupled.
/// </summary>
/// <remarks>
/// The other side is read once. The index takes about 36 bytes per record and group, so a million records fit; only
/// repeated values need a set.
/// </remarks>
internal sealed class ScanningPartnerFinder(
    CompiledMapping mapping, MappingTables tables, MappingCouplings couplings, MappingFindings? findings)
    : PartnerFinder(mapping, tables, couplings)
{
    private readonly CompiledMapping mapping = mapping;
    private readonly MappingTables tables = tables;
    private readonly HashSet<Guid> outside = [];
    private Dictionary<IndexKey, Ids>? index;

    protected override async Task<Dictionary<Candidate, IReadOnlyList<MatchHit>>> FindHitsAsync(
        int group, IReadOnlyList<SearchedRecord> searched, CancellationToken cancellationToken)
    {
        // One finder serves one side.
        var side = searched[0].Candidate.Source.Opposite();
        var known = index ??= await BuildAsync(side, cancellationToken).ConfigureAwait(false);
        var hits = new Dictionary<Candidate, IReadOnlyList<MatchHit>>();
        foreach (var item in searched)
        {
            if (known.TryGetValue(new IndexKey(group, item.Key), out var ids))
            {
                hits[item.Candidate] = HitsOf(ids);
            }
        }

        return hits;
    }

    private IReadOnlyList<MatchHit> HitsOf(Ids ids) =>
        [.. ids.All.Select(id => new MatchHit(id, Version: 0, outside.Contains(id)))];

    // Records outside the filter are read too, except those that have nothing to do with the mapping.
    private async Task<Dictionary<IndexKey, Ids>> BuildAsync(SyncSide side, CancellationToken cancellationToken)
    {
        var built = new Dictionary<IndexKey, Ids>();
        var pages = tables.ReadAllAsync(side, FieldsToRead(side), mapping.Separation(side), cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            foreach (var record in page.Records.Where(record => !mapping.IsSeparate(side, record)))
            {
                if (mapping.Excludes(side, record))
                {
                    _ = outside.Add(record.Id);
                }

                Add(built, side, record);
            }
        }

        findings?.TakeScan(side, outside);
        return built;
    }

    private void Add(Dictionary<IndexKey, Ids> built, SyncSide side, TableRecord record)
    {
        for (var group = 0; group < Groups.Count; group++)
        {
            var forms = Forms[group].Of(record, side);
            var holds = MatchForms.Matchable(forms);
            for (var present = holds; present != 0; present = (present - 1) & holds)
            {
                var key = new IndexKey(group, MatchForms.KeyOf(forms, present));
                built[key] = built.GetValueOrDefault(key).With(record.Id);
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
