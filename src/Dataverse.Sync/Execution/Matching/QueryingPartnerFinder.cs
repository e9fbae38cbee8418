using System.Numerics;

namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds partners by querying the other side for the values, which takes few requests if few records are uncoupled.
/// </summary>
internal sealed class QueryingPartnerFinder(CompiledMapping mapping, MappingTables tables, MappingCouplings couplings)
    : PartnerFinder(mapping, tables, couplings)
{
    // A search for so many records takes no more than a few requests.
    private const int Few = 100;

    private readonly CompiledMapping mapping = mapping;
    private readonly MappingTables tables = tables;
    private bool? isOtherSideEmpty;

    protected override async Task<Dictionary<Candidate, IReadOnlyList<MatchHit>>> FindHitsAsync(
        int group, IReadOnlyList<SearchedRecord> searched, CancellationToken cancellationToken)
    {
        var source = searched[0].Candidate.Source;
        var side = source.Opposite();
        var records = new Dictionary<Guid, TableRecord>();
        if (searched.Count > Few && await IsEmptyAsync(side, cancellationToken).ConfigureAwait(false))
        {
            return [];
        }

        foreach (var byField in searched.GroupBy(item => BitOperations.TrailingZeroCount(item.Present)))
        {
            var values = byField
                .SelectMany(item => Forms[group].QuestionsFor(byField.Key, item.Candidate.Record, source))
                .ToHashSet();
            if (values.Count == 0)
            {
                continue;
            }

            var name = Groups[group].Fields[byField.Key].On(side);
            var found = await tables.FindAsync(side, name, values, FieldsToRead(side), cancellationToken)
                .ConfigureAwait(false);
            foreach (var record in found.Where(record => !mapping.IsSeparate(side, record)))
            {
                records[record.Id] = record;
            }
        }

        var forms = records.Values.Select(record => (Hit: HitOf(record, side), Values: Forms[group].Of(record, side)))
            .ToList();
        return searched.ToDictionary(item => item.Candidate, item => HitsOf(item, forms));
    }

    // One request for the first record of the table saves those for many values.
    private async ValueTask<bool> IsEmptyAsync(SyncSide side, CancellationToken cancellationToken) =>
        isOtherSideEmpty ??= await tables.IsEmptyAsync(side, cancellationToken).ConfigureAwait(false);

    private MatchHit HitOf(TableRecord record, SyncSide side) => new(
        record.Id, Fingerprint.OfVersion(record.Version), mapping.Excludes(side, record));

    private static IReadOnlyList<MatchHit> HitsOf(
        SearchedRecord searched, List<(MatchHit Hit, ulong[] Values)> found) =>
    [
        .. found
            .Where(item => (MatchForms.Matchable(item.Values) & searched.Present) == searched.Present
                && MatchForms.KeyOf(item.Values, searched.Present) == searched.Key)
            .Select(item => item.Hit),
    ];
}
