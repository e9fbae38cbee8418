namespace Dataverse.Sync.Execution;

/// <summary>Chooses among several records that match the one that further fields of the match group confirm.</summary>
internal sealed class MatchConfirmation(CompiledMapping mapping, MappingTables tables)
{
    /// <summary>Names the confirmed partner of each record whose match is contested.</summary>
    public async Task NarrowAsync(
        GroupSearch search, IReadOnlyList<ContestedMatch> contested, CancellationToken cancellationToken)
    {
        var rivals = contested.Where(match => match.HasRivals).ToList();
        if (search.Group.ConfirmedBy.Count == 0 || rivals.Count == 0)
        {
            return;
        }

        var forms = new MatchForms(mapping, search.Group.ConfirmedBy);
        var (own, other) = (search.Source, search.Source.Opposite());
        var hits = rivals.SelectMany(match => match.Hits).Select(hit => hit.Id).ToHashSet();
        var twins = rivals.SelectMany(match => match.Twins).Select(twin => twin.Id).ToHashSet();
        var partners = await tables.ReadAllAsync(other, hits, cancellationToken).ConfigureAwait(false);
        var records = await tables.ReadAllAsync(own, twins, cancellationToken).ConfigureAwait(false);
        foreach (var match in rivals)
        {
            var wanted = forms.Of(match.Searched.Candidate.Record, own);
            bool Confirms(Dictionary<Guid, TableRecord> among, SyncSide side, MatchHit hit) =>
                among.TryGetValue(hit.Id, out var record) && AreEqual(wanted, forms.Of(record, side));
            var confirmed = match.Hits.Where(hit => Confirms(partners, other, hit)).Take(2).ToList();
            if (confirmed.Count == 1 && !match.Twins.Any(twin => Confirms(records, own, twin)))
            {
                match.Confirmed = confirmed[0].Id;
            }
        }
    }

    private static bool AreEqual(ulong[] left, ulong[] right)
    {
        var present = MatchForms.Present(left);
        return present != 0
            && (MatchForms.Matchable(right) & present) == present
            && MatchForms.KeyOf(left, present) == MatchForms.KeyOf(right, present);
    }
}
