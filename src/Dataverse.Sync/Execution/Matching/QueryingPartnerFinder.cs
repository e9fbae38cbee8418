namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds partners by querying the other side for the values, which takes few requests if few records are uncoupled.
/// </summary>
internal sealed class QueryingPartnerFinder(CompiledMapping mapping, MappingTables tables, MappingCouplings couplings)
    : PartnerFinder(mapping, couplings)
{
    protected override async Task<Func<Candidate, IEnumerable<Guid>>> FindHitsAsync(
        int group, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken)
    {
        if (candidates.Count == 0)
        {
            return _ => [];
        }

        var side = candidates[0].Source.Opposite();
        var match = Groups[group];
        var records = new Dictionary<Guid, TableRecord>();
        foreach (var byField in candidates.GroupBy(candidate => FirstPresent(candidate, match)))
        {
            var values = byField.Select(candidate => MatchKey.ValueOf(candidate.Record, byField.Key, candidate.Source))
                .ToHashSet();
            var found = await tables
                .FindAsync(side, byField.Key.On(side), values, FieldsToRead(side), cancellationToken)
                .ConfigureAwait(false);
            foreach (var record in found)
            {
                records[record.Id] = record;
            }
        }

        var uncoupled = await KeepUncoupledAsync(side, [.. records.Values], cancellationToken).ConfigureAwait(false);
        return candidate => Matches(candidate, match, uncoupled, side);
    }

    private static MatchField FirstPresent(Candidate candidate, MatchGroup match) =>
        match.Fields.First(field => !MatchKey.ValueOf(candidate.Record, field, candidate.Source).IsBlank);

    private static IEnumerable<Guid> Matches(
        Candidate candidate, MatchGroup match, List<TableRecord> uncoupled, SyncSide side)
    {
        var present = MatchKey.PresentFields(candidate.Record, match, candidate.Source);
        var wanted = MatchKey.Of(candidate.Record, match, candidate.Source, present);
        return uncoupled.Where(record => MatchKey.Of(record, match, side, present) == wanted)
            .Select(record => record.Id);
    }
}
