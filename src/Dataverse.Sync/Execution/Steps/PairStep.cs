namespace Dataverse.Sync.Execution;

/// <summary>Step 3: reads both records of every pair, and searches for the partners of uncoupled records.</summary>
internal sealed class PairStep(
    MappingTables tables,
    PartnerSearch search,
    UncertainInserts uncertain,
    SuspectedDeletions suspects,
    HeldRecords held,
    LeavingPairs leaving,
    MergedPairs merged,
    FilterGate gate,
    CompiledMapping mapping)
{
    public async Task<StepResult<Pair>> PairAsync(List<Candidate> candidates, CancellationToken cancellationToken)
    {
        var result = new StepResult<Pair>(new(candidates.Count), []);
        if (candidates.Count == 0)
        {
            return result;
        }

        var side = candidates[0].Source.Opposite();
        var matches = await search.FindAsync(candidates, cancellationToken).ConfigureAwait(false);
        var ids = IdsOfPartners(candidates, matches);
        var partners = ids.Count == 0 ? [] : await tables.ReadAsync(side, ids, cancellationToken).ConfigureAwait(false);
        foreach (var candidate in candidates)
        {
            var partner = PartnerOf(candidate, matches) is { } id ? partners.GetValueOrDefault(id) : null;
            if (matches.TryGetValue(candidate, out var match))
            {
                TakeMatch(candidate, match, partner, result);
            }
            else if (candidate.Coupling is not null && partner is null)
            {
                SuspectPartner(candidate, side);
            }
            else if (candidate.Coupling is not null && mapping.Merges[side].IsMerged(partner!))
            {
                // The edit travels when the coupling has moved.
                merged.Note(new(side, partner!.Id), mapping.Merges[side].SurvivorOf(partner));
                held.Hold(candidate.Key);
            }
            else if (candidate.Coupling is { } coupling && !gate.Admits(candidate, partner!))
            {
                if (!leaving.TryTake(side, coupling, Sides.From<TableRecord?>(side, partner, candidate.Record)))
                {
                    result.Refused.Add(new(candidate, WaitForPartner(candidate, partner!)));
                }
            }
            else
            {
                result.Kept.Add(PairOf(candidate, partner, candidate.Coupling, candidate.Coupling?.Base));
            }
        }

        return result;
    }

    // The edit is not lost: the pair is read again when the partner is within its filter.
    private PairPlan WaitForPartner(Candidate candidate, TableRecord partner)
    {
        var side = candidate.Source.Opposite();
        var reason = gate.ReasonOf(side, partner, SelectionErrors.PartnerOutsideFilter);
        var isEdited = mapping.Differs(candidate.Source, candidate.Record, candidate.Coupling!.Base);
        return PairPlan.Skip(reason.Code, reason.Message) with { WaitsForFilter = isEdited };
    }

    private static Guid? PartnerOf(Candidate candidate, Dictionary<Candidate, PartnerMatch> matches) =>
        candidate.Coupling is { } coupling ? coupling.IdOf(candidate.Source.Opposite())
        : matches.TryGetValue(candidate, out var match) && match.IsFound ? match.Partner
        : null;

    private static HashSet<Guid> IdsOfPartners(List<Candidate> candidates, Dictionary<Candidate, PartnerMatch> matches)
    {
        // In a first run, no record has a partner.
        var isNew = candidates.TrueForAll(candidate => candidate.Coupling is null);
        var ids = new HashSet<Guid>(isNew ? matches.Count : candidates.Count);
        foreach (var candidate in candidates)
        {
            if (PartnerOf(candidate, matches) is { } id)
            {
                _ = ids.Add(id);
            }
        }

        return ids;
    }

    private static Pair PairOf(
        Candidate candidate,
        TableRecord? partner,
        Coupling? coupling,
        SynchronizedBase? synchronized,
        PartnerMatch? match = null)
    {
        return new()
        {
            Source = candidate.Source,
            Records = Sides.From<TableRecord?>(candidate.Source, candidate.Record, partner),
            Coupling = coupling,
            Base = synchronized,
            FoundBy = match?.Origin,
            Adopts = match?.Insert,
        };
    }

    private void TakeMatch(Candidate candidate, PartnerMatch match, TableRecord? partner, StepResult<Pair> result)
    {
        if (match.Doubt is { } doubt)
        {
            result.Refused.Add(new(candidate, PairPlan.Doubt(doubt)));
            return;
        }

        if (match.IsFormer && RefuseFormer(candidate, partner) is { } refusal)
        {
            result.Refused.Add(new(candidate, refusal));
            return;
        }

        if (ErrorOf(candidate, match, partner) is { } error)
        {
            // The pass over the other side of a full run does not match, so it would take the partner for a new record.
            held.HoldMatch(new(candidate.Source.Opposite(), match.Partner));
            result.Refused.Add(new(candidate, PairPlan.Fail(error)));
            return;
        }

        var coupling = Coupling.Between(candidate.Source, candidate.Record.Id, match.Partner);
        var adopted = match.Insert is { } insert ? AdoptedBase.Of(mapping, insert, candidate.Record) : null;
        result.Kept.Add(PairOf(candidate, partner, coupling, adopted, match));
    }

    // A pair that a filter separated is coupled again when both records are within their filters. If the former partner
    // does not answer, a new one could be a duplicate.
    private PairPlan? RefuseFormer(Candidate candidate, TableRecord? partner)
    {
        var side = candidate.Source.Opposite();
        if (partner is null)
        {
            return PairPlan.Doubt(search.FormerDoubt(candidate));
        }

        return gate.IsInside(side, partner)
            ? null
            : PairPlan.StayUncoupled(SelectionErrors.FormerPartnerOutside(mapping.Name, side));
    }

    private SyncError? ErrorOf(Candidate candidate, PartnerMatch match, TableRecord? partner)
    {
        if (match.Error is not null)
        {
            return match.Error;
        }

        if (partner is null)
        {
            // The partner was found but is absent from the response. As a new record, it would be created twice.
            uncertain.NoteAgain(match.Insert);
            return match.IsChosen ? PartnerErrors.NotThere(match.Partner) : PartnerErrors.NotAnswered;
        }

        if (mapping.Merges[candidate.Source.Opposite()].IsMerged(partner) && (match.IsChosen || match.Insert is not null))
        {
            // The recovery of the next run couples the pair, and its coupling then moves to the survivor.
            uncertain.NoteAgain(match.Insert);
            return match.IsChosen ? PartnerErrors.Merged(match.Partner) : PartnerErrors.MergedMeanwhile;
        }

        if (gate.IsClaimedByOther(candidate.Source.Opposite(), partner))
        {
            return SelectionErrors.OtherCompany;
        }

        var isAwaitedElsewhere = match.Insert is null
            && uncertain.MayBelongToAnother(candidate.Source.Opposite(), partner);
        return isAwaitedElsewhere ? UncertainInsertErrors.OfMatch : null;
    }

    // The partner of a coupled record is absent from the response. Only a complete scan can prove a deletion.
    private void SuspectPartner(Candidate candidate, SyncSide side)
    {
        suspects.Add(side, candidate.Coupling!.IdOf(side), isReported: false);
        held.Hold(candidate.Key);
    }
}
