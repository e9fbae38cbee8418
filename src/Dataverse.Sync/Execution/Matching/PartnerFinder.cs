namespace Dataverse.Sync.Execution;

/// <summary>
/// Matches records group by group, whatever the source of possible partners. A record matches exactly one uncoupled
/// record or none.
/// </summary>
internal abstract class PartnerFinder(CompiledMapping mapping, MappingCouplings couplings) : IPartnerFinder
{
    protected CompiledMapping Mapping => mapping;

    protected MappingCouplings Couplings => couplings;

    protected IReadOnlyList<MatchGroup> Groups => mapping.MatchGroups;

    /// <summary>The forms in which the values of each group are matched.</summary>
    protected MatchForms[] Forms => field ??= [.. Groups.Select(group => new MatchForms(mapping, group))];

    public async Task<Dictionary<Candidate, Guid>> FindAsync(
        IReadOnlyList<Candidate> searching, HashSet<Guid> taken, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Candidate, Guid>();
        var open = searching;
        for (var group = 0; group < Groups.Count && open.Count > 0; group++)
        {
            var comparable = Comparable(Forms[group], open);
            var hits = await FindHitsAsync(group, comparable, cancellationToken).ConfigureAwait(false);
            foreach (var (candidate, _, _) in comparable)
            {
                var free = hits(candidate).Where(id => !taken.Contains(id)).Take(2).ToList();
                if (free.Count == 1)
                {
                    _ = taken.Add(free[0]);
                    found[candidate] = free[0];
                }
            }

            open = [.. open.Where(candidate => !found.ContainsKey(candidate))];
        }

        return found;
    }

    /// <summary>Returns, for one group, a function that lists the uncoupled records that match a record.</summary>
    protected abstract Task<Func<Candidate, IEnumerable<Guid>>> FindHitsAsync(
        int group, IReadOnlyList<SearchedRecord> candidates, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the possible partners among some records: those that pass the filter of their side and are not coupled.
    /// </summary>
    protected async Task<List<TableRecord>> KeepUncoupledAsync(
        SyncSide side, IReadOnlyList<TableRecord> records, CancellationToken cancellationToken)
    {
        var passing = records.Where(record => !mapping.Excludes(side, record)).ToList();
        var ids = passing.ConvertAll(record => record.Id);
        var coupled = await couplings.FindAsync(side, ids, cancellationToken).ConfigureAwait(false);
        return passing.FindAll(record => !coupled.ContainsKey(record.Id));
    }

    /// <summary>Returns the fields to read of possible partners.</summary>
    protected IReadOnlyList<string> FieldsToRead(SyncSide side) =>
    [
        .. Groups.SelectMany(group => group.Fields).Select(field => field.On(side))
            .Concat(mapping.Filter(side)?.Fields ?? []).Distinct(StringComparer.Ordinal),
    ];

    private static List<SearchedRecord> Comparable(MatchForms forms, IReadOnlyList<Candidate> candidates)
    {
        var comparable = new List<SearchedRecord>(candidates.Count);
        foreach (var candidate in candidates)
        {
            var values = forms.Of(candidate.Record, candidate.Source);
            if (MatchForms.Present(values) is not 0 and var present)
            {
                comparable.Add(new(candidate, present, MatchForms.KeyOf(values, present)));
            }
        }

        return comparable;
    }
}
