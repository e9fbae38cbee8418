namespace Dataverse.Sync.Execution;

/// <summary>The three-way merge of one pair, field by field. It allocates memory only for changes.</summary>
internal ref struct PairMerge(
    CompiledMapping mapping,
    FieldTranslator translator,
    PairState state,
    PlanPolicy policy,
    IReadOnlyDictionary<FieldMappingKey, ConflictResolution>? decisions)
{
    private readonly RecordView local = mapping.View(SyncSide.Local, state.Local!);
    private readonly RecordView integration = mapping.View(SyncSide.Integration, state.Integration!);
    private readonly BaseView stored = mapping.View(state.Base);
    private BaseDraft next = new(mapping, state.Base);
    private List<FieldWrite>? localWrites;
    private List<FieldWrite>? integrationWrites;
    private List<FieldConflict>? conflicts;
    private List<FieldConflict>? losers;
    private List<FieldWrite>? cutTexts;
    private ClearedReference? cleared;
    private List<SyncError>? leftOut;

    /// <summary>The plan if a field could not be translated, or null.</summary>
    public PairPlan? Refusal { get; private set; }

    /// <summary>Merges a field. Returns false if its value cannot be translated, which ends the merge.</summary>
    public bool Add(CompiledField field)
    {
        if (field.IsFrozen)
        {
            return true;
        }

        var ours = local.ReadableOf(field);
        var theirs = integration.ReadableOf(field);
        var known = stored[field];
        var current = new FieldBase(
            field.CanRead(SyncSide.Local) ? field.FingerprintOf(SyncSide.Local, ours, known.Local) : known.Local,
            field.CanRead(SyncSide.Integration)
                ? field.FingerprintOf(SyncSide.Integration, theirs, known.Integration)
                : known.Integration);
        switch (Decide(field, ours, theirs, known, current))
        {
            case FieldMerge.Send:
                return Write(field, SyncSide.Integration, ours, theirs, current);
            case FieldMerge.Fetch:
                return Write(field, SyncSide.Local, theirs, ours, current);
            case FieldMerge.Conflict:
                return AddConflict(field, ours, theirs, current);
            case FieldMerge.FirstConflict:
                return AddFirstConflict(field, ours, theirs, current);
            case FieldMerge.MoveBase:
                next.Set(field, current);
                return true;
            case FieldMerge.KeepTarget:
                var target = field.ReachesForUpdate(SyncSide.Integration) ? SyncSide.Integration : SyncSide.Local;
                next.Set(field, current.With(target, Fingerprint.None));
                return true;
            default:
                return current != known
                    || (Rescale(field, SyncSide.Local, theirs, ours, current)
                        && Rescale(field, SyncSide.Integration, ours, theirs, current));
        }
    }

    public PairPlan ToPlan()
    {
        AddConstants(SyncSide.Local);
        AddConstants(SyncSide.Integration);
        AddClaim();
        var open = conflicts?.Exists(conflict => conflict.Resolution == ConflictResolution.Open) == true;
        var writes = localWrites is not null || integrationWrites is not null;
        return new()
        {
            Outcome = open ? PlanOutcome.Conflicted : writes ? PlanOutcome.Modified : PlanOutcome.Unchanged,
            Writes = new(PairPlan.OrNone(localWrites), PairPlan.OrNone(integrationWrites)),
            NextBase = next.ToBase(),
            Conflicts = PairPlan.OrNone(conflicts),
            Losers = PairPlan.OrNone(losers),
            CutTexts = PairPlan.OrNone(cutTexts),
            Cleared = cleared,
            LeftOut = PairPlan.OrNone(leftOut),
        };
    }

    private FieldMerge Decide(
        CompiledField field, FieldValue ours, FieldValue theirs, FieldBase known, FieldBase current)
    {
        var sends = field.ReachesForUpdate(SyncSide.Integration);
        var fetches = field.ReachesForUpdate(SyncSide.Local);
        return ChangesOf(known, current) switch
        {
            (false, false) when known.IsComplete => BothWait(known, current)
                ? DecideWaiting(field, ours, theirs, sends, fetches)
                : FieldMerge.Keep,
            _ when !field.CanRead() => DecideUnseen(field, sends, fetches, sends ? ours : theirs, known, current),
            _ when !known.IsComplete => Agree(field, ours, theirs, isFirst: true)
                ? FieldMerge.MoveBase
                : FirstMergeRules.Decide(field, AsSeenByOther(field, ours, theirs), known, current),
            (true, false) when IsEcho(field, SyncSide.Local, theirs, ours) => FieldMerge.MoveBase,
            (false, true) when IsEcho(field, SyncSide.Integration, ours, theirs) => FieldMerge.MoveBase,
            (true, false) when sends => FieldMerge.Send,
            (false, true) when fetches => FieldMerge.Fetch,
            _ when Agree(field, ours, theirs, isFirst: false) => FieldMerge.MoveBase,
            (true, false) => fetches && policy.CorrectsDrift ? FieldMerge.Fetch : FieldMerge.Keep,
            (false, true) => sends && policy.CorrectsDrift ? FieldMerge.Send : FieldMerge.Keep,
            _ when sends && fetches => FieldMerge.Conflict,
            _ => sends ? FieldMerge.Send : fetches ? FieldMerge.Fetch : FieldMerge.MoveBase,
        };
    }

    // A reference that waits for its coupling is tried again, unless the blank in its place was edited.
    // A default of the new record in its place is no edit. It is seen for the first time if the response lacked it.
    private readonly (bool Local, bool Integration) ChangesOf(FieldBase known, FieldBase current)
    {
        var local = current.Local != known.Local && !IsOwnValue(SyncSide.Local, known, current);
        var integration = current.Integration != known.Integration && !IsOwnValue(SyncSide.Integration, known, current);
        return (local && !(integration && current.Awaits(SyncSide.Local, known)),
            integration && !(local && current.Awaits(SyncSide.Integration, known)));
    }

    private static bool BothWait(FieldBase known, FieldBase current) =>
        current.Awaits(SyncSide.Local, known) && current.Awaits(SyncSide.Integration, known);

    // Neither value had a counterpart. The first that has one now is carried over, and the other one is kept.
    private readonly FieldMerge DecideWaiting(
        CompiledField field, FieldValue ours, FieldValue theirs, bool sends, bool fetches) =>
        sends && translator.CanCarry(field, ours, SyncSide.Integration) ? FieldMerge.Send
        : fetches && translator.CanCarry(field, theirs, SyncSide.Local) ? FieldMerge.Fetch
        : FieldMerge.Keep;

    private readonly bool IsOwnValue(SyncSide side, FieldBase known, FieldBase current) =>
        state.IsUnconfirmed[side] && known.Of(side) == 0 && current.Awaits(side.Opposite(), known);

    // The field is synchronized in one direction, and its target cannot be read.
    private static FieldMerge DecideUnseen(
        CompiledField field, bool sends, bool fetches, FieldValue value, FieldBase known, FieldBase current)
    {
        var source = field.CanRead(SyncSide.Local) ? SyncSide.Local : SyncSide.Integration;
        return (sends || fetches) && current.Of(source) != known.Of(source)
            ? UnreadableTargetRules.Decide(source, value, known)
            : FieldMerge.Keep;
    }

    // What the value of the unchanged side converts to is what the engine wrote, in the form that the system gave it.
    private readonly bool IsEcho(CompiledField field, SyncSide changed, FieldValue unchanged, FieldValue found)
    {
        var doubts = new EchoDoubts(state.IsUnconfirmed[changed], IsScaleChanged(field, changed));
        return translator.IsEcho(field, unchanged, changed, found, ScaleReference(field, changed), doubts);
    }

    private readonly bool IsScaleChanged(CompiledField field, SyncSide side) =>
        field.On(side).ScaleByReference is { Field: var name } && IsChanged(name, side);

    private readonly bool IsChanged(string name, SyncSide side) =>
        Array.Find(mapping.Fields, other => other.On(side).Name == name) is { } reference
        && Fingerprint.Of((side == SyncSide.Local ? local : integration).ReadableOf(reference)) != stored.Of(side, reference);

    // If this plan gives the record another currency with fewer decimal places, the amount is rounded here and not by
    // the system, so that the result is known.
    private bool Rescale(
        CompiledField field, SyncSide target, FieldValue value, FieldValue existing, FieldBase current)
    {
        if (field.On(target).ScaleByReference is not { Field: var reference }
            || !field.ReachesForUpdate(target)
            || PlannedFor(target)?.ValueOf(reference) is not { } planned
            || ValueFitting.Fit(existing, field.On(target), scaleReference: planned).Value == existing)
        {
            return true;
        }

        return Write(field, target, value, existing, current);
    }

    private readonly bool Agree(CompiledField field, FieldValue ours, FieldValue theirs, bool isFirst) =>
        (ours.IsBlank && theirs.IsBlank)
        || translator.Agree(
            field, ours, theirs, SyncSide.Integration, ScaleReference(field, SyncSide.Integration), isFirst)
        || translator.Agree(field, theirs, ours, SyncSide.Local, ScaleReference(field, SyncSide.Local), isFirst);

    // A value that the other side can only store as a blank, such as white space or what a converter leaves out, says
    // as little as a blank.
    private readonly Sides<FieldValue> AsSeenByOther(CompiledField field, FieldValue ours, FieldValue theirs) =>
        field.IsResolved
            ? new(ours, theirs)
            : new(
                translator.IsBlankOn(field, ours, SyncSide.Integration) ? FieldValue.Blank : ours,
                translator.IsBlankOn(field, theirs, SyncSide.Local) ? FieldValue.Blank : theirs);

    private bool AddConflict(CompiledField field, FieldValue ours, FieldValue theirs, FieldBase current)
    {
        var resolution = Resolve(field);
        (conflicts ??= []).Add(new(field.Mapping.Key, ours, theirs, resolution));
        return WriteWinner(field, resolution, ours, theirs, current);
    }

    private bool AddFirstConflict(CompiledField field, FieldValue ours, FieldValue theirs, FieldBase current) =>
        policy.First switch
        {
            FirstSynchronization.LocalWins =>
                WriteWinner(field, ConflictResolution.LocalWon, ours, theirs, current),
            FirstSynchronization.IntegrationWins =>
                WriteWinner(field, ConflictResolution.IntegrationWon, ours, theirs, current),
            _ => AddConflict(field, ours, theirs, current),
        };

    private bool WriteWinner(
        CompiledField field, ConflictResolution resolution, FieldValue ours, FieldValue theirs, FieldBase current) =>
        resolution switch
        {
            ConflictResolution.LocalWon => Write(field, SyncSide.Integration, ours, theirs, current),
            ConflictResolution.IntegrationWon => Write(field, SyncSide.Local, theirs, ours, current),
            _ => true,
        };

    private ConflictResolution Resolve(CompiledField field)
    {
        if (decisions is not null && decisions.TryGetValue(field.Mapping.Key, out var decided))
        {
            return decided;
        }

        return policy.Conflicts switch
        {
            UpdateConflictPolicy.SendUpdateToIntegration => ConflictResolution.LocalWon,
            UpdateConflictPolicy.GetUpdateFromIntegration => ConflictResolution.IntegrationWon,
            UpdateConflictPolicy.NewestWins => state.Integration!.ModifiedOn > state.Local!.ModifiedOn
                ? ConflictResolution.IntegrationWon
                : ConflictResolution.LocalWon,
            _ => ConflictResolution.Open,
        };
    }

    private bool Write(CompiledField field, SyncSide target, FieldValue value, FieldValue existing, FieldBase current)
    {
        var translation = translator.Translate(field, value, target, ScaleReference(field, target));
        if (translation.Awaited is not null && IsPostponed(field, target.Opposite(), current))
        {
            translation = Translation.Postponing(translation);
        }

        if (!translation.IsTranslated)
        {
            Refusal = PairPlanner.Refuse(translation);
            return false;
        }

        if (translation.IsCleared)
        {
            cleared = ClearedReference.Join(cleared, translation.Cleared);
            if (translation.LeftOut is { } reason)
            {
                (leftOut ??= []).Add(reason);
            }

            // The value of the target may have no counterpart either.
            var waits = current.Awaits(target, stored[field]);
            current = current.Awaiting(target.Opposite());
            current = waits ? current.Awaiting(target) : current;
        }

        if (translation.IsPostponed || IsUpToDate(field, target, translation.Value, existing))
        {
            next.Set(field, current);
            return true;
        }

        KeepLoser(field, target, value, existing, current);
        var write = new FieldWrite(field.On(target).Name, translation.Value);
        WritesTo(target).Add(write);
        if (translation.IsCut)
        {
            (cutTexts ??= []).Add(write);
        }

        // Drift is corrected once. If the system changes the value back, its value is accepted.
        var known = stored[field];
        var source = target.Opposite();
        var isDrift = known.IsComplete && current.Of(source) == known.Of(source);
        var written = isDrift ? current.Of(target) : Fingerprint.Of(translation.Value);
        next.Set(field, current.With(target, written));
        return true;
    }

    // The pair exists without the reference, and waits for nothing else.
    private readonly bool IsPostponed(CompiledField field, SyncSide source, FieldBase current) =>
        current.Awaits(source, stored[field]);

    private readonly bool IsUpToDate(CompiledField field, SyncSide target, FieldValue value, FieldValue existing)
    {
        var holdsIt = field.CanRead(target)
            ? field.AreSame(value, existing)
            : Fingerprint.Of(value) == stored[field].Of(target);
        return holdsIt || (value.IsBlank && field.Mapping.SkipsBlank);
    }

    // The value that is overwritten exists nowhere else if it was never synchronized, has no counterpart yet, or reached
    // the other side only in part.
    private void KeepLoser(
        CompiledField field, SyncSide target, FieldValue winner, FieldValue loser, FieldBase current)
    {
        var known = stored[field];
        var isSynchronized = known.IsKnown(target)
            && !current.Awaits(target, known)
            && translator.IsWholeOnOther(field, loser, target)
            && !IsOwnValue(target, known, current)
            && (known.IsComplete || current.Of(target) == known.Of(target));
        var isKept = conflicts?.Count > 0 && conflicts[^1].FieldMapping == field.Mapping.Key;
        if (isSynchronized || isKept || BlankRules.SaysNothing(field, target, loser))
        {
            return;
        }

        var values = Sides.From(target, loser, winner);
        var resolution = target == SyncSide.Local ? ConflictResolution.IntegrationWon : ConflictResolution.LocalWon;
        (losers ??= []).Add(new(field.Mapping.Key, values.Local, values.Integration, resolution));
    }

    private void AddConstants(SyncSide side)
    {
        foreach (var field in mapping.Constants)
        {
            if (field.ReachesForUpdate(side)
                && field.CanRead(side)
                && !field.AreSame(state.On(side)![field.On(side).Name], field.Constant))
            {
                WritesTo(side).Add(new(field.On(side).Name, field.Constant));
            }
        }
    }

    private void AddClaim()
    {
        if (mapping.Claim is { } claim && claim.IsNeededBy(state.Integration!))
        {
            WritesTo(SyncSide.Integration).Add(claim.Write);
        }
    }

    // The reference that the amount will have: one that this plan writes, or the record's own.
    private readonly FieldValue ScaleReference(CompiledField field, SyncSide target)
    {
        if (field.On(target).ScaleByReference is not { Field: var reference })
        {
            return FieldValue.Blank;
        }

        return PlannedFor(target)?.ValueOf(reference)
            ?? mapping.ConstantOf(target, reference)
            ?? (state.On(target)!.Layout.IndexOf(reference) is >= 0 and var place
                ? state.On(target)![place]
                : FieldValue.Blank);
    }

    private readonly List<FieldWrite>? PlannedFor(SyncSide side) =>
        side == SyncSide.Local ? localWrites : integrationWrites;

    private List<FieldWrite> WritesTo(SyncSide side) =>
        side == SyncSide.Local ? localWrites ??= new(1) : integrationWrites ??= new(1);
}
