namespace Dataverse.Sync.Execution;

/// <summary>Finds partners by asking the other side for the values; few requests when few records are uncoupled.</summary>
internal sealed class QueryingPartnerFinder(MappingRunContext run) : PartnerFinder(run)
{
    protected override async Task<Func<PairWork, IEnumerable<Guid>>> FindCandidatesAsync(MatchGroup group, IReadOnlyList<PairWork> asking, CancellationToken cancellationToken)
    {
        if (asking.Count == 0)
        {
            return _ => [];
        }

        var side = asking[0].Source.Opposite();
        var records = new Dictionary<Guid, TableRecord>();
        foreach (var byField in asking.GroupBy(work => group.Fields.First(field => !MatchKey.ValueOf(work.SourceRecord, field, work.Source).IsBlank)))
        {
            var values = byField.Select(work => MatchKey.ValueOf(work.SourceRecord, byField.Key, work.Source)).ToHashSet();
            var answer = await Run.On(side).FindAsync(
                new()
                {
                    Table = Run.Mapping.Schema(side).Name,
                    Fields = CandidateFields(side),
                    Field = side == SyncSide.Local ? byField.Key.LocalField : byField.Key.IntegrationField,
                    Values = values,
                },
                cancellationToken).ConfigureAwait(false);
            foreach (var record in answer)
            {
                records[record.Id] = record;
            }
        }

        var candidates = await KeepCandidatesAsync(side, [.. records.Values], cancellationToken).ConfigureAwait(false);
        return work => Matches(work, group, candidates, side);
    }

    private static IEnumerable<Guid> Matches(PairWork work, MatchGroup group, List<TableRecord> candidates, SyncSide side)
    {
        var present = MatchKey.PresentFields(work.SourceRecord, group, work.Source);
        var wanted = MatchKey.Of(work.SourceRecord, group, work.Source, present);
        return candidates.Where(record => MatchKey.Of(record, group, side, present) == wanted).Select(record => record.Id);
    }
}
