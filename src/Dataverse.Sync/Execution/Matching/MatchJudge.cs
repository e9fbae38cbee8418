namespace Dataverse.Sync.Execution;

/// <summary>
/// Decides whether what a match group found is a partner, a doubt, or nothing. A partner is unique from both sides.
/// </summary>
internal sealed class MatchJudge(CompiledMapping mapping, MappingTables tables, MappingCouplings couplings)
{
    private readonly LookBack lookBack = new(mapping, tables);
    private readonly MatchConfirmation confirmation = new(mapping, tables);

    /// <summary>Decides about the records that have hits.</summary>
    public async Task<Dictionary<Candidate, PartnerMatch>> JudgeAsync(
        GroupSearch search, CancellationToken cancellationToken)
    {
        var side = search.Source.Opposite();
        var ids = search.Hits.Values.SelectMany(hits => hits).Select(hit => hit.Id).Distinct().ToList();
        var coupled = await FindCoupledAsync(side, ids, cancellationToken).ConfigureAwait(false);
        var verdicts = new Dictionary<Candidate, PartnerMatch>();
        var contested = new List<ContestedMatch>();
        foreach (var searched in search.Searched.Where(searched => search.Hits.ContainsKey(searched.Candidate)))
        {
            Sort(search, searched, coupled, verdicts, contested);
        }

        if (contested.Count > 0)
        {
            await SettleAsync(search, contested, coupled, verdicts, cancellationToken).ConfigureAwait(false);
        }

        return verdicts;
    }

    // Decides what needs no look at the searching side, and lists the rest.
    private void Sort(
        GroupSearch search,
        SearchedRecord searched,
        HashSet<Guid> coupled,
        Dictionary<Candidate, PartnerMatch> verdicts,
        List<ContestedMatch> contested)
    {
        var hits = search.Hits[searched.Candidate];
        var inside = hits.Where(hit => !hit.IsOutside).ToList();
        bool IsFree(MatchHit hit) =>
            !coupled.Contains(hit.Id) && search.Assigned.MayAssign(hit.Id, searched.Candidate.Key);
        if (search.Group.IsSuggestion)
        {
            // A coupled record that shares a mailbox is another person.
            var free = inside.FindAll(IsFree);
            if (free.Count > 0)
            {
                verdicts[searched.Candidate] = Doubt(search, MatchDoubts.Suggested(search.Group), free, [], coupled);
            }
        }
        else if (inside.Count > 0)
        {
            var mayBeConfirmed = search.Group.ConfirmedBy.Count > 0 && inside.Exists(IsFree);
            if ((inside.Count == 1 && IsFree(inside[0])) || mayBeConfirmed)
            {
                contested.Add(new(searched, inside));
            }
            else
            {
                verdicts[searched.Candidate] = Doubt(search, MatchDoubts.Several(search.Group), inside, [], coupled);
            }
        }
        else if (hits.Count > 0)
        {
            var reason = MatchDoubts.Outside(search.Group, mapping.Name, search.Source.Opposite());
            verdicts[searched.Candidate] = Doubt(search, reason, hits, [], coupled);
        }
    }

    private async Task SettleAsync(
        GroupSearch search,
        List<ContestedMatch> contested,
        HashSet<Guid> coupled,
        Dictionary<Candidate, PartnerMatch> verdicts,
        CancellationToken cancellationToken)
    {
        await lookBack.FindTwinsAsync(search, contested, cancellationToken).ConfigureAwait(false);
        await confirmation.NarrowAsync(search, contested, cancellationToken).ConfigureAwait(false);
        var twins = contested.SelectMany(match => match.Twins).Select(twin => twin.Id).Distinct().ToList();
        var coupledTwins = await FindCoupledAsync(search.Source, twins, cancellationToken).ConfigureAwait(false);
        foreach (var match in contested)
        {
            var candidate = match.Searched.Candidate;
            if (match.Clean is { } partner
                && !coupled.Contains(partner)
                && search.Assigned.TryAssign(partner, candidate.Key))
            {
                verdicts[candidate] = new(partner) { Group = search.Group };
            }
            else
            {
                coupledTwins.UnionWith(coupled);
                var reason = MatchDoubts.Several(search.Group);
                verdicts[candidate] = Doubt(search, reason, match.Hits, match.Twins, coupledTwins);
            }
        }
    }

    private async Task<HashSet<Guid>> FindCoupledAsync(
        SyncSide side, List<Guid> ids, CancellationToken cancellationToken)
    {
        var found = await couplings.FindAllAsync(side, ids, cancellationToken).ConfigureAwait(false);
        var contradicted = await couplings.FindContradictedAsync(side, ids, cancellationToken).ConfigureAwait(false);
        contradicted.UnionWith(found.Select(coupling => coupling.IdOf(side)));
        return contradicted;
    }

    private static PartnerMatch Doubt(
        GroupSearch search,
        SyncError reason,
        IReadOnlyList<MatchHit> hits,
        IReadOnlyList<MatchHit> twins,
        HashSet<Guid> coupled)
    {
        MatchCandidate Of(SyncSide side, MatchHit hit) =>
            new(new(side, hit.Id), hit.Version, coupled.Contains(hit.Id));
        List<MatchCandidate> candidates =
        [
            .. hits.Select(hit => Of(search.Source.Opposite(), hit)),
            .. twins.Select(twin => Of(search.Source, twin)),
        ];
        return new(Guid.Empty) { Doubt = new(reason, candidates) };
    }
}
