namespace Dataverse.Sync.Execution;

/// <summary>
/// Matches records group by group, whatever the source of possible partners. A record matches exactly one uncoupled
/// record that no other record matches, or none.
/// </summary>
internal abstract class PartnerFinder(CompiledMapping mapping, MappingTables tables, MappingCouplings couplings)
    : IPartnerFinder
{
    private readonly MatchJudge judge = new(mapping, tables, couplings);

    protected IReadOnlyList<MatchGroup> Groups => mapping.MatchGroups;

    /// <summary>The forms in which the values of each group are matched.</summary>
    protected MatchForms[] Forms => field ??= [.. Groups.Select(group => new MatchForms(mapping, group.Fields))];

    public async Task<Dictionary<Candidate, PartnerMatch>> FindAsync(
        IReadOnlyList<Candidate> searching, AssignedPartners assigned, CancellationToken cancellationToken)
    {
        var results = new Dictionary<Candidate, PartnerMatch>();
        var open = searching;
        for (var place = 0; place < Groups.Count && open.Count > 0; place++)
        {
            var comparable = Comparable(Forms[place], open);
            if (comparable.Count == 0)
            {
                continue;
            }

            var hits = await FindHitsAsync(place, comparable, cancellationToken).ConfigureAwait(false);
            var search = new GroupSearch(Groups[place], Forms[place], comparable, hits, assigned);
            var verdicts = await judge.JudgeAsync(search, cancellationToken).ConfigureAwait(false);
            foreach (var (candidate, verdict) in verdicts)
            {
                results[candidate] = Merge(results, candidate, verdict);
            }

            open = [.. open.Where(candidate => !results.TryGetValue(candidate, out var result) || !result.IsFound)];
        }

        return results;
    }

    /// <summary>Lists, for one group, the records of the other side that match each record.</summary>
    protected abstract Task<Dictionary<Candidate, IReadOnlyList<MatchHit>>> FindHitsAsync(
        int group, IReadOnlyList<SearchedRecord> searched, CancellationToken cancellationToken);

    /// <summary>Returns the fields to read of possible partners.</summary>
    protected IReadOnlyList<string> FieldsToRead(SyncSide side) => mapping.MatchingFields(side);

    // The first doubt gives the reason; the records of all doubts may end it.
    private static PartnerMatch Merge(
        Dictionary<Candidate, PartnerMatch> results, Candidate candidate, PartnerMatch verdict)
    {
        var earlier = results.GetValueOrDefault(candidate).Doubt;
        return verdict.Doubt is { } doubt && earlier is not null
            ? verdict with { Doubt = earlier.With(doubt) }
            : verdict;
    }

    private static List<SearchedRecord> Comparable(MatchForms forms, IReadOnlyList<Candidate> candidates)
    {
        var comparable = new List<SearchedRecord>(candidates.Count);
        foreach (var candidate in candidates)
        {
            var values = forms.Of(candidate.Record, candidate.Source);
            if (MatchForms.Present(values) is not 0 and var present)
            {
                comparable.Add(new(candidate, values, present, MatchForms.KeyOf(values, present)));
            }
        }

        return comparable;
    }
}
