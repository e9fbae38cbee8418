namespace Dataverse.Sync.Execution;

/// <summary>
/// Searches for the partners of uncoupled records: by uncertain inserts that created the record, then by the rules,
/// then by the match fields.
/// </summary>
internal sealed class PartnerSearch(
    MappingCouplings couplings,
    UncertainInserts uncertain,
    RuleRunner rules,
    IPartnerFinder finder,
    FailureLedger failures,
    DoubtPolicy doubts)
{
    private readonly AssignedPartners assigned = new();

    /// <summary>Searches for each record that has no coupling and no reserved id.</summary>
    /// <returns>The matches by candidate. A candidate without a match gets a new partner.</returns>
    public async Task<Dictionary<Candidate, PartnerMatch>> FindAsync(
        IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken)
    {
        var matches = new Dictionary<Candidate, PartnerMatch>();
        var needing = candidates.Where(NeedsPartner).ToList();
        var searching = new List<Candidate>(needing.Count);
        var contradicted = await FindContradictedAsync(needing, cancellationToken).ConfigureAwait(false);
        foreach (var candidate in needing)
        {
            var match = RefusalElsewhere(candidate, contradicted) is { } refusal
                ? new PartnerMatch(Guid.Empty, Error: refusal)
                : UncoupledOf(candidate) is { } uncoupled
                ? uncoupled
                : Recognize(candidate) is { } recognized
                ? await TakeRecognizedAsync(candidate, recognized, cancellationToken).ConfigureAwait(false)
                : await AskRulesAsync(candidate, cancellationToken).ConfigureAwait(false)
                    ?? await FindFormerAsync(candidate, cancellationToken).ConfigureAwait(false);
            if (match is null)
            {
                searching.Add(candidate);
            }
            else
            {
                matches[candidate] = match.Value;
            }
        }

        if (searching.Count > 0)
        {
            var found = await finder.FindAsync(searching, assigned, cancellationToken).ConfigureAwait(false);
            foreach (var (candidate, match) in found.Where(item => item.Value.IsFound || doubts.Asks))
            {
                matches[candidate] = TakenApart(candidate, match) ?? match;
            }
        }

        return matches;
    }

    private async Task<HashSet<Guid>> FindContradictedAsync(
        List<Candidate> candidates, CancellationToken cancellationToken)
    {
        var ids = candidates.ConvertAll(candidate => candidate.Record.Id);
        return ids.Count == 0
            ? []
            : await couplings.FindContradictedAsync(candidates[0].Source, ids, cancellationToken).ConfigureAwait(false);
    }

    // A record may wait for another mapping over the same tables. A record whose former partner is remembered does not,
    // because a failure would replace the memory.
    private SyncError? RefusalElsewhere(Candidate candidate, HashSet<Guid> contradicted) =>
        UncoupledPairs.IsMemory(failures.Of(candidate.Key)) ? null
        : uncertain.IsAwaitedElsewhere(candidate.Key) ? UncertainInsertErrors.Elsewhere
        : contradicted.Contains(candidate.Record.Id) ? PartnerErrors.ContradictingLinks
        : null;

    private PartnerMatch? UncoupledOf(Candidate candidate) =>
        doubts.HoldsUncoupled && UncoupledPairs.DoubtOf(failures.Of(candidate.Key)) is { } doubt
            ? new PartnerMatch(Guid.Empty) { Doubt = doubt }
            : null;

    // Only the partner remembers the pair, if the record was deleted and restored meanwhile.
    private PartnerMatch? TakenApart(Candidate candidate, PartnerMatch match)
    {
        var partner = new RecordKey(candidate.Source.Opposite(), match.Partner);
        return doubts.HoldsUncoupled && match.IsFound && failures.Of(partner) is { Error.Code: SyncErrorCodes.Uncoupled } memory
            && UncoupledPairs.Separates(memory, candidate.Key)
            ? new PartnerMatch(Guid.Empty) { Doubt = new(UncoupledPairs.ByDecision, [new(partner, memory.Version, IsCoupled: false)]) }
            : null;
    }

    /// <summary>The doubt about a record whose former partner the other system does not return.</summary>
    public MatchDoubt FormerDoubt(Candidate candidate) =>
        new(UncoupledPairs.ByFilter, failures.Of(candidate.Key)!.Candidates);

    private async ValueTask<PartnerMatch?> FindFormerAsync(Candidate candidate, CancellationToken cancellationToken) =>
        doubts.RemembersPartners
        && UncoupledPairs.FormerPartnerOf(failures.Of(candidate.Key)) is { Id: var partner }
        && await IsFreeAsync(candidate, partner, cancellationToken).ConfigureAwait(false)
            ? new PartnerMatch(partner) { IsFormer = true }
            : null;

    private bool NeedsPartner(Candidate candidate) =>
        candidate.Coupling is null && uncertain.ReservedFor(candidate.Key) is null;

    private PartnerMatch? Recognize(Candidate candidate)
    {
        var (insert, isDoubtful) = uncertain.TryRecognize(candidate.Source, candidate.Record);
        return insert is not null ? new(insert.SourceId, insert)
            : isDoubtful ? new(Guid.Empty, Error: UncertainInsertErrors.OfRecord)
            : null;
    }

    // If the source has another coupling, the recovery of the next run decides about the insert.
    private async ValueTask<PartnerMatch?> TakeRecognizedAsync(
        Candidate candidate, PartnerMatch recognized, CancellationToken cancellationToken)
    {
        if (recognized.Insert is not { } insert
            || await IsFreeAsync(candidate, recognized.Partner, cancellationToken).ConfigureAwait(false))
        {
            return recognized;
        }

        uncertain.Note(insert);
        return new(Guid.Empty, Error: UncertainInsertErrors.OfRecord);
    }

    // Null if no rule chooses a partner. A record whose chosen partner has another one must not get a new partner, which
    // would be a duplicate in the eyes of the rule.
    private async ValueTask<PartnerMatch?> AskRulesAsync(Candidate candidate, CancellationToken cancellationToken)
    {
        var (partner, failure) = await rules.FindPartnerAsync(candidate, cancellationToken).ConfigureAwait(false);
        if (failure is not null)
        {
            return new(Guid.Empty, Error: failure);
        }

        if (partner is not { } id)
        {
            return null;
        }

        return await IsFreeAsync(candidate, id, cancellationToken).ConfigureAwait(false)
            ? new PartnerMatch(id) { IsChosen = true }
            : new PartnerMatch(Guid.Empty, Error: PartnerErrors.NotFree(id));
    }

    private async ValueTask<bool> IsFreeAsync(Candidate candidate, Guid partner, CancellationToken cancellationToken)
    {
        var key = new RecordKey(candidate.Source.Opposite(), partner);
        return await couplings.FindAsync(key, cancellationToken).ConfigureAwait(false) is null
            && assigned.TryAssign(partner, candidate.Key);
    }
}
