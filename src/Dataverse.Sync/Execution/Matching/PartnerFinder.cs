namespace Dataverse.Sync.Execution;

/// <summary>The rule of matching, whatever way the candidates are found: group by group, exactly one uncoupled record or none.</summary>
internal abstract class PartnerFinder(MappingRunContext run) : IPartnerFinder
{
    protected MappingRunContext Run => run;

    private IReadOnlyList<MatchGroup> Groups => run.Mapping.Mapping.MatchGroups;

    public async Task FindAsync(IReadOnlyList<PairWork> searching, HashSet<Guid> taken, Dictionary<PairWork, Guid> found, CancellationToken cancellationToken)
    {
        var open = searching;
        foreach (var group in Groups)
        {
            var asking = open.Where(work => MatchKey.PresentFields(work.SourceRecord, group, work.Source) != 0).ToList();
            var candidates = await FindCandidatesAsync(group, asking, cancellationToken).ConfigureAwait(false);
            foreach (var work in asking)
            {
                var free = candidates(work).Where(id => !taken.Contains(id)).Take(2).ToList();
                if (free.Count == 1)
                {
                    _ = taken.Add(free[0]);
                    found[work] = free[0];
                }
            }

            open = [.. open.Where(work => !found.ContainsKey(work))];
            if (open.Count == 0)
            {
                return;
            }
        }
    }

    /// <summary>Prepares the answers of one group: for a record the candidates that match it and are not coupled.</summary>
    protected abstract Task<Func<PairWork, IEnumerable<Guid>>> FindCandidatesAsync(MatchGroup group, IReadOnlyList<PairWork> asking, CancellationToken cancellationToken);

    /// <summary>The candidates among some records: they pass the filter of their side and are not coupled.</summary>
    protected async Task<List<TableRecord>> KeepCandidatesAsync(SyncSide side, IReadOnlyList<TableRecord> records, CancellationToken cancellationToken)
    {
        var filter = run.Mapping.Filter(side);
        var passing = records.Where(record => filter?.Matches(record) != false).ToList();
        if (passing.Count == 0)
        {
            return passing;
        }

        var couplings = await run.Store.FindAsync(run.Key, side, [.. passing.Select(record => record.Id)], cancellationToken).ConfigureAwait(false);
        var coupled = couplings.Select(coupling => coupling.IdOf(side)).ToHashSet();
        return passing.FindAll(record => !coupled.Contains(record.Id));
    }

    /// <summary>The fields that candidates must carry.</summary>
    protected IReadOnlyList<string> CandidateFields(SyncSide side) =>
    [
        .. Groups.SelectMany(group => group.Fields).Select(field => side == SyncSide.Local ? field.LocalField : field.IntegrationField)
            .Concat(run.Mapping.Filter(side)?.Fields ?? []).Distinct(StringComparer.Ordinal),
    ];
}
