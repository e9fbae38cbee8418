using System.Numerics;

namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds partners by querying the other side for the values, which takes few requests if few records are uncoupled.
/// </summary>
internal sealed class QueryingPartnerFinder(CompiledMapping mapping, MappingTables tables, MappingCouplings couplings)
    : PartnerFinder(mapping, couplings)
{
    protected override async Task<Func<Candidate, IEnumerable<Guid>>> FindHitsAsync(
        int group, IReadOnlyList<SearchedRecord> candidates, CancellationToken cancellationToken)
    {
        if (candidates.Count == 0)
        {
            return _ => [];
        }

        var source = candidates[0].Candidate.Source;
        var side = source.Opposite();
        var records = new Dictionary<Guid, TableRecord>();
        foreach (var byField in candidates.GroupBy(searched => BitOperations.TrailingZeroCount(searched.Present)))
        {
            var values = byField
                .SelectMany(searched => Forms[group].QuestionsFor(byField.Key, searched.Candidate.Record, source))
                .ToHashSet();
            if (values.Count == 0)
            {
                continue;
            }

            var name = Groups[group].Fields[byField.Key].On(side);
            var found = await tables.FindAsync(side, name, values, FieldsToRead(side), cancellationToken)
                .ConfigureAwait(false);
            foreach (var record in found)
            {
                records[record.Id] = record;
            }
        }

        var uncoupled = await KeepUncoupledAsync(side, [.. records.Values], cancellationToken).ConfigureAwait(false);
        var forms = uncoupled.ConvertAll(record => (record.Id, Values: Forms[group].Of(record, side)));
        var searched = candidates.ToDictionary(item => item.Candidate);
        return candidate => Matches(searched[candidate], forms);
    }

    private static IEnumerable<Guid> Matches(SearchedRecord searched, List<(Guid Id, ulong[] Values)> uncoupled) =>
        uncoupled
            .Where(record => (MatchForms.Matchable(record.Values) & searched.Present) == searched.Present
                && MatchForms.KeyOf(record.Values, searched.Present) == searched.Key)
            .Select(record => record.Id);
}
