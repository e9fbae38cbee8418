namespace Dataverse.Sync.Execution;

/// <summary>
/// Step 7: stores the couplings, bases, failures, and conflicts of a page and removes its intents, in one transaction.
/// </summary>
internal sealed class CommitStep(
    RunSettings settings,
    Commits commits,
    PairConflicts conflicts,
    PairCounter counter,
    UncertainInserts uncertain,
    DecidedRecords decided,
    SuspectedDeletions suspects,
    HeldRecords held,
    SchemaContradictions contradictions,
    MappingFindings? findings)
{
    private readonly CouplingFactory couplings = new(settings);

    /// <summary>Stores the results of a page.</summary>
    /// <returns>The coupling of each pair that is synchronized now, in the order of the page; null for any other pair.</returns>
    public async Task<IReadOnlyList<Coupling?>> CommitAsync(
        IReadOnlyList<WrittenPair> page, IReadOnlyList<Refusal> refusals, CancellationToken cancellationToken)
    {
        var unit = commits.Begin();
        foreach (var refusal in refusals)
        {
            Take(refusal, unit);
        }

        var stored = new Coupling?[page.Count];
        for (var index = 0; index < stored.Length; index++)
        {
            stored[index] = Take(page[index], unit);
        }

        await unit.CommitAsync(cancellationToken).ConfigureAwait(false);
        for (var index = 0; index < stored.Length; index++)
        {
            NoteDecided(page[index], stored[index]);
        }

        return stored;
    }

    /// <summary>Stores couplings that only contain another version of a record.</summary>
    public async Task ConfirmAsync(IReadOnlyList<Coupling> confirmed, CancellationToken cancellationToken)
    {
        var unit = commits.Begin();
        foreach (var coupling in confirmed)
        {
            unit.Couple(coupling);
        }

        await unit.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Take(Refusal refusal, UnitOfWork unit)
    {
        var (candidate, plan) = (refusal.Candidate, refusal.Plan);
        if (plan.Outcome is PlanOutcome.Failed or PlanOutcome.Doubtful)
        {
            unit.Fail(candidate.Key, ErrorOf(plan, plan.Error!, candidate.Record));
            NoteContradiction(candidate.Key, plan.Error!, unit);
            if (plan.Outcome == PlanOutcome.Doubtful)
            {
                findings?.TakeDoubt(candidate.Key, plan.Error!);
            }
        }
        else
        {
            unit.Skip(candidate.Key, plan.Error!);
            if (plan.WaitsForFilter)
            {
                unit.Await(candidate.Key, new(plan.Error!, candidate.Record.Version) { WaitsForFilter = true });
            }
            else if (plan.StaysUncoupled)
            {
                unit.RememberStill(candidate.Key, candidate.Record.Version);
            }
            else if (!settings.OnlyMatches)
            {
                unit.ClearSkipped(candidate.Key);
            }
        }

        if (refusal.IsCounted)
        {
            counter.Count(candidate, plan.Outcome);
        }
    }

    // Returns the coupling of a pair that is synchronized.
    private Coupling? Take(WrittenPair written, UnitOfWork unit)
    {
        CompleteIntents(written, unit);
        foreach (var complaint in written.Complaints)
        {
            unit.JournalAgain(complaint.Intent, complaint.TargetId);
        }

        if (FindError(written) is { } error)
        {
            TakeFailure(written, error, unit);
            return null;
        }

        if (written.Plan.Outcome != PlanOutcome.Skipped)
        {
            return TakeSuccess(written, unit);
        }

        unit.Skip(written.Pair.Key, written.Plan.Error!);
        if (!settings.OnlyMatches)
        {
            Clear(written.Pair, unit);
        }

        Count(written, PlanOutcome.Skipped);
        return null;
    }

    private void TakeFailure(WrittenPair written, SyncError error, UnitOfWork unit)
    {
        var pair = written.Pair;
        var isLost = IsLostToOther(pair);
        var failed = isLost ? new(SyncSide.Local, pair.On(SyncSide.Local)!.Id) : pair.Key;
        unit.Fail(failed, ErrorOf(written.Plan, error, pair.SourceRecord));
        if (Sides.Both.Any(side => written.Results[side]?.ContradictsSchema == true))
        {
            NoteContradiction(pair.Key, unit);
        }
        else
        {
            NoteContradiction(pair.Key, error, unit);
        }

        var moved = written.OnlyAppliedSide is { } side
            ? BaseAfterWrite.ComputePartly(settings.Mapping, written, side)
            : pair.Base;
        if (IsUnclaimed(written))
        {
            // Another company may claim the row. The pair is matched again when the record is tried again.
            var partner = pair.Source.Opposite();
            held.HoldMatch(new(partner, pair.Coupling!.IdOf(partner)));
        }
        else if (isLost)
        {
            unit.Uncouple(pair.Coupling!.LocalId);
        }
        else if (pair.Coupling is { } coupling && (pair.IsNewlyCoupled || !ReferenceEquals(moved, coupling.Base)))
        {
            // A matched pair stays coupled even if its fields failed, or the other pass would create the partner again.
            unit.Couple(coupling with { Base = moved, LocalVersion = 0, IntegrationVersion = 0 });
            conflicts.RecordFailure(written, coupling, unit);
        }

        Count(written, PlanOutcome.Failed);
    }

    // The write that would have claimed the row of a matched pair was not applied, or another company was faster.
    private bool IsUnclaimed(WrittenPair written) => written.Pair.IsNewlyCoupled
        && settings.Mapping.Claim is { } claim
        && written.Pair.On(SyncSide.Integration) is { } row
        && !claim.IsOwn(row)
        && written.Results[SyncSide.Integration]?.Status != WriteStatus.Applied;

    // A pair that was coupled but never synchronized, and whose row another company claimed first. Its local record looks
    // for another partner.
    private bool IsLostToOther(Pair pair) => pair is { IsNewlyCoupled: false, Coupling.Base: null }
        && settings.Mapping.Claim is { } claim
        && pair.On(SyncSide.Local) is not null
        && pair.On(SyncSide.Integration) is { } row
        && claim.IsOther(row);

    private Coupling TakeSuccess(WrittenPair written, UnitOfWork unit)
    {
        var coupling = couplings.Create(written);
        if (CouplingFactory.IsWorthSaving(written.Pair, coupling))
        {
            unit.Couple(coupling);
        }

        if (written.Pair.Restores is { } replaced)
        {
            unit.Uncouple(replaced.LocalId);
            conflicts.RecordRestoration(replaced, written.Pair.Source, unit);
        }
        else
        {
            conflicts.RecordSuccess(written, coupling, unit);
            findings?.TakePair(written, coupling);
        }

        if (written.Complaints is [] && !settings.OnlyMatches)
        {
            // Matching synchronizes nothing, so that a failed record has not succeeded.
            Clear(written.Pair, unit, waiting: written.Plan.Cleared is null ? null : written.Pair.Key);
            Await(written, unit);
        }

        // The write remains. Its intent stays in the journal, so that the next run calls the rules again.
        foreach (var complaint in written.Complaints)
        {
            unit.Fail(complaint.Intent.SourceKey(), new(complaint.Error, written.Pair.SourceRecord.Version));
        }

        Count(written, written.Complaints is [] ? OutcomeOf(written) : PlanOutcome.Failed);
        return coupling;
    }

    private static PlanOutcome OutcomeOf(WrittenPair written) => written.Plan.Outcome switch
    {
        PlanOutcome.Unchanged or PlanOutcome.Modified when written.Pair.Adopts is not null => PlanOutcome.Inserted,
        PlanOutcome.Unchanged when written.Pair.History.HasWritten => PlanOutcome.Modified,
        var outcome => outcome,
    };

    private void Count(WrittenPair written, PlanOutcome outcome)
    {
        var pair = written.Pair;
        var ids = new Sides<Guid>(IdOf(written, SyncSide.Local), IdOf(written, SyncSide.Integration));
        if (pair.Restores is { } replaced)
        {
            counter.Count(replaced, outcome);
        }
        else if (ids.Local == Guid.Empty || ids.Integration == Guid.Empty)
        {
            counter.Count(pair.Key, outcome);
        }
        else
        {
            counter.Count(ids, outcome);
        }

        var isCoupled = outcome != PlanOutcome.Skipped && !(outcome == PlanOutcome.Failed && IsUnclaimed(written));
        if (pair is { IsNewlyCoupled: true, Adopts: null } && isCoupled)
        {
            counter.CountCoupled();
            findings?.TakeMatch(pair.FoundBy!.Value);
        }
    }

    private static Guid IdOf(in WrittenPair written, SyncSide side) =>
        written.Pair.IdOn(side) ?? written.Results[side]?.Id ?? Guid.Empty;

    // An insert that may be in progress stays in the journal: one whose response was lost, or a failed repetition. So
    // does one whose id was refused as existing, because the read that found no record under it may be wrong.
    private void CompleteIntents(WrittenPair written, UnitOfWork unit)
    {
        var reserved = uncertain.ReservedFor(written.Pair.Key);
        foreach (var earlier in written.Pair.History.Intents)
        {
            CompleteIntent(written, earlier, isUncertain: false, reserved, unit);
        }

        foreach (var side in Sides.Both)
        {
            if (written.Write.Intents[side] is { } intent)
            {
                CompleteIntent(written, intent, IsUncertain(intent, written.Results[side]), reserved, unit);
            }
        }

        if (written.Pair.Adopts is { } adopted)
        {
            CompleteIntent(written, adopted, isUncertain: false, reserved, unit);
        }
    }

    private static bool IsUncertain(Intent intent, WriteResult? result) => result?.Status == WriteStatus.Unknown
        || (result?.Status == WriteStatus.AlreadyExists && intent.Kind == WriteKind.Insert && intent.HasChosenId());

    private void CompleteIntent(
        WrittenPair written, Intent intent, bool isUncertain, Intent? reserved, UnitOfWork unit)
    {
        var isReserved = intent.Id == reserved?.Id;
        if (!isUncertain && (!isReserved || written.IsApplied(intent.Target) || written.Pair.Coupling is not null))
        {
            unit.Complete(intent);
        }
        else if (intent.Kind == WriteKind.Insert && !isReserved)
        {
            uncertain.Note(intent);
        }
    }

    private SyncError? FindError(WrittenPair written)
    {
        if (written.Plan.Outcome == PlanOutcome.Failed)
        {
            return written.Plan.Error;
        }

        foreach (var side in Sides.Both)
        {
            if (written.Results[side] is { } result && result.Status != WriteStatus.Applied)
            {
                if (result.Status == WriteStatus.NotFound)
                {
                    suspects.Add(side, written.Write.Operations[side]!.Id, isReported: false);
                }

                return WriteErrors.Of(result);
            }
        }

        return null;
    }

    // A value may also be refused here, because it is none of the known options, longer than the field was, or of
    // another type.
    private void NoteContradiction(RecordKey record, SyncError error, UnitOfWork unit)
    {
        if (error.Code == SyncErrorCodes.ValueNotConvertible)
        {
            NoteContradiction(record, unit);
        }
    }

    private void NoteContradiction(RecordKey record, UnitOfWork unit)
    {
        contradictions.Note(record);
        unit.KeepErrorsBack(record);
    }

    // The feed of the other side may deliver the partner in the very state that was merged here, or in the one that the
    // response to its insert showed.
    private void NoteDecided(WrittenPair written, Coupling? stored)
    {
        var other = written.Pair.Source.Opposite();
        var partner = written.Pair.On(other);
        if (partner is not null)
        {
            decided.Note(new(other, partner.Id), partner.Version);
        }
        else if (written.Results[other] is { } result && result.Id != Guid.Empty)
        {
            decided.NoteCreated(new(other, result.Id), IsKnownAsCreated(other, result, stored) ? stored!.VersionOf(other) : 0);
        }

        if (written.Pair.Coupling is not null || written.IsApplied(other))
        {
            uncertain.Release(written.Pair.Key);
        }
    }

    // The response showed what was written, and nothing else about the record needs a decision of the other pass.
    private bool IsKnownAsCreated(SyncSide side, WriteResult result, Coupling? stored) =>
        stored is not null
        && result is { Version: { } version, Record: { } record }
        && stored.VersionOf(side) == Fingerprint.OfVersion(version)
        && record.Version == version
        && !settings.Mapping.UncouplesOutside
        && !settings.Mapping.HasMoreFieldsForRules(side)
        && settings.Mapping.Claim?.IsNeededBy(record) != true;

    private static RecordError ErrorOf(PairPlan plan, SyncError error, TableRecord record) =>
        new(error, record.Version) { Awaited = plan.Awaited, Candidates = plan.Candidates };

    // The record is synchronized. It is stored as waiting so that a later run reads it when its reference is coupled.
    private static void Await(WrittenPair written, UnitOfWork unit)
    {
        if (written.Plan.Cleared is { } cleared)
        {
            var waiting = new RecordError(cleared.Reason, written.Pair.SourceRecord.Version);
            unit.Await(written.Pair.Key, waiting with { Awaited = cleared.Awaited });
        }
    }

    private static void Clear(Pair pair, UnitOfWork unit, RecordKey? waiting = null)
    {
        foreach (var side in Sides.Both)
        {
            if (pair.On(side) is { } record && waiting != new RecordKey(side, record.Id))
            {
                unit.Clear(new RecordKey(side, record.Id));
            }
        }
    }
}
