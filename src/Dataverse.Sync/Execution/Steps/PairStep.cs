namespace Dataverse.Sync.Execution;

/// <summary>Step 3: brings both records of every pair together; uncoupled records look for a partner.</summary>
internal sealed class PairStep(MappingRunContext run, RuleRunner rules, IPartnerFinder partners, SuspectedDeletions suspects)
{
    private readonly HashSet<Guid> taken = [];

    public async Task<List<PairWork>> PairAsync(List<PairWork> works, CancellationToken cancellationToken)
    {
        if (works.Count == 0)
        {
            return works;
        }

        var found = await FindPartnersAsync(works, cancellationToken).ConfigureAwait(false);
        await ReadCounterpartsAsync(works, found, cancellationToken).ConfigureAwait(false);
        return works.FindAll(work => IsReady(work, found));
    }

    private async Task<Dictionary<PairWork, Guid>> FindPartnersAsync(List<PairWork> works, CancellationToken cancellationToken)
    {
        var found = new Dictionary<PairWork, Guid>();
        var searching = new List<PairWork>();
        foreach (var work in works.Where(work => work.Plan is null && work.Coupling is null && run.Memory.ReservedFor(work.Key) is null))
        {
            if (run.LostInserts.TakeMakerOf(work.Source, work.SourceRecord) is { } intent)
            {
                await AdoptAsync(work, intent, found, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (run.LostInserts.HasLike(work.Source, work.SourceRecord))
            {
                work.Plan = PairPlan.Fail(UndecidableCreation.OfRecord);
                continue;
            }

            var (partner, failure) = await rules.FindPartnerAsync(work, cancellationToken).ConfigureAwait(false);
            if (failure is not null)
            {
                work.Plan = PairPlan.Fail(failure);
            }
            else if (partner is { } id)
            {
                await TakeIfFreeAsync(work, id, found, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                searching.Add(work);
            }
        }

        if (searching.Count > 0)
        {
            await partners.FindAsync(searching, taken, found, cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    // Where the source is in another coupling, the settling at the beginning of the next run finds out what that means.
    private async Task AdoptAsync(PairWork work, Intent intent, Dictionary<PairWork, Guid> found, CancellationToken cancellationToken)
    {
        await TakeIfFreeAsync(work, intent.SourceId, found, cancellationToken).ConfigureAwait(false);
        if (found.ContainsKey(work))
        {
            work.Adopts = intent;
        }
        else
        {
            run.LostInserts.Add(intent);
            work.Plan = PairPlan.Fail(UndecidableCreation.OfRecord);
        }
    }

    private async Task TakeIfFreeAsync(PairWork work, Guid partner, Dictionary<PairWork, Guid> found, CancellationToken cancellationToken)
    {
        var couplings = await run.Store.FindAsync(run.Key, work.Source.Opposite(), [partner], cancellationToken).ConfigureAwait(false);
        if (couplings.Count == 0 && taken.Add(partner))
        {
            found[work] = partner;
        }
    }

    private async Task ReadCounterpartsAsync(List<PairWork> works, Dictionary<PairWork, Guid> found, CancellationToken cancellationToken)
    {
        foreach (var group in works.Where(work => work.Plan is null && CounterpartOf(work, found) is not null).GroupBy(work => work.Source.Opposite()).ToList())
        {
            var ids = group.Select(work => CounterpartOf(work, found)!.Value).Distinct().ToList();
            var byId = await run.ReadAsync(group.Key, ids, cancellationToken).ConfigureAwait(false);
            foreach (var work in group)
            {
                work.Set(group.Key, byId.GetValueOrDefault(CounterpartOf(work, found)!.Value));
            }
        }
    }

    private bool IsReady(PairWork work, Dictionary<PairWork, Guid> found)
    {
        var other = work.Source.Opposite();
        if (found.ContainsKey(work))
        {
            TakePartner(work, other);
            return true;
        }

        if (work.Plan is not null || work.Coupling is null || work.On(other) is not null)
        {
            return true;
        }

        // Coupled, but the counterpart did not come with the answer: only a complete scan of the keys may call that a deletion.
        suspects.Add(other, work.Coupling.IdOf(other), isReported: false);
        run.Memory.Hold(work.Key);
        return false;
    }

    private void TakePartner(PairWork work, SyncSide side)
    {
        if (work.On(side) is not { } partner)
        {
            // Its partner was found and did not come with the answer: taken for a new record it would be created a second time.
            Release(work);
            work.Plan = PairPlan.Fail(DeletionWork.NotAnswered);
        }
        else if (work.Adopts is null && IsAwaitedElsewhere(side, partner))
        {
            work.Set(side, null);
            work.Plan = PairPlan.Fail(UndecidableCreation.OfMatch);
        }
        else
        {
            work.IsNewlyCoupled = true;
            work.Base = work.Adopts?.Outcome;
            work.Coupling = Coupling.Between(work.Source, work.SourceRecord.Id, partner.Id);
        }
    }

    // What a creation without an answer may have made belongs to its source until that is known, or until a person has decided.
    private bool IsAwaitedElsewhere(SyncSide side, TableRecord partner) =>
        run.LostInserts.MayHaveMade(side, partner) || run.Memory.FailureOf(new(side, partner.Id))?.Error.Code == SyncErrorCodes.OutcomeUndecidable;

    private void Release(PairWork work)
    {
        if (work.Adopts is { } intent)
        {
            run.LostInserts.Add(intent);
            work.Adopts = null;
        }
    }

    private static Guid? CounterpartOf(PairWork work, Dictionary<PairWork, Guid> found) =>
        work.Coupling?.IdOf(work.Source.Opposite()) ?? (found.TryGetValue(work, out var partner) ? partner : null);
}
