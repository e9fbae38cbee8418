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

    /// <summary>The plan if a field could not be translated, or null.</summary>
    public PairPlan? Refusal { get; private set; }

    /// <summary>Merges a field. Returns false if its value cannot be translated, which ends the merge.</summary>
    public bool Add(CompiledField field)
    {
        var ours = local[field];
        var theirs = integration[field];
        var known = stored[field];
        var current = new FieldBase(Fingerprint.Of(ours), Fingerprint.Of(theirs));
        switch (Decide(field, ours, theirs, known, current))
        {
            case FieldMerge.Send:
                return Write(field, SyncSide.Integration, ours, theirs, current);
            case FieldMerge.Fetch:
                return Write(field, SyncSide.Local, theirs, ours, current);
            case FieldMerge.Conflict:
                return AddConflict(field, ours, theirs, current);
            case FieldMerge.MoveBase:
                next.Set(field, current);
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
        var open = conflicts?.Exists(conflict => conflict.Resolution == ConflictResolution.Open) == true;
        var writes = localWrites is not null || integrationWrites is not null;
        return new()
        {
            Outcome = open ? PlanOutcome.Conflicted : writes ? PlanOutcome.Modified : PlanOutcome.Unchanged,
            Writes = new(localWrites ?? [], integrationWrites ?? []),
            NextBase = next.ToBase(),
            Conflicts = conflicts ?? [],
        };
    }

    private FieldMerge Decide(
        CompiledField field, FieldValue ours, FieldValue theirs, FieldBase known, FieldBase current)
    {
        var sends = field.ReachesForUpdate(SyncSide.Integration);
        var fetches = field.ReachesForUpdate(SyncSide.Local);
        return (current.Local != known.Local, current.Integration != known.Integration) switch
        {
            (false, false) => FieldMerge.Keep,
            (true, false) when IsEcho(field, SyncSide.Local, theirs, ours) => FieldMerge.MoveBase,
            (false, true) when IsEcho(field, SyncSide.Integration, ours, theirs) => FieldMerge.MoveBase,
            (true, false) when sends => FieldMerge.Send,
            (false, true) when fetches => FieldMerge.Fetch,
            _ when Agree(field, ours, theirs) => FieldMerge.MoveBase,
            (true, false) => fetches && policy.CorrectsDrift ? FieldMerge.Fetch : FieldMerge.Keep,
            (false, true) => sends && policy.CorrectsDrift ? FieldMerge.Send : FieldMerge.Keep,
            _ when sends && fetches => FieldMerge.Conflict,
            _ => sends ? FieldMerge.Send : fetches ? FieldMerge.Fetch : FieldMerge.MoveBase,
        };
    }

    // What the value of the unchanged side converts to is what the engine wrote, in the form that the system gave it.
    private readonly bool IsEcho(CompiledField field, SyncSide changed, FieldValue unchanged, FieldValue found)
    {
        var doubts = new EchoDoubts(state.IsUnconfirmed[changed], IsScaleChanged(field, changed));
        return translator.IsEcho(field, unchanged, changed, found, ScaleReference(field, changed), doubts);
    }

    private readonly bool IsScaleChanged(CompiledField field, SyncSide side) =>
        field.On(side).ScaleByReference is { Field: var name }
        && Array.Find(mapping.Fields, other => other.On(side).Name == name) is { } reference
        && Fingerprint.Of((side == SyncSide.Local ? local : integration)[reference]) != stored.Of(side, reference);

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

    private readonly bool Agree(CompiledField field, FieldValue ours, FieldValue theirs) =>
        (ours.IsBlank && theirs.IsBlank)
        || translator.Agree(
            field, ours, theirs, SyncSide.Integration, ScaleReference(field, SyncSide.Integration))
        || translator.Agree(field, theirs, ours, SyncSide.Local, ScaleReference(field, SyncSide.Local));

    private bool AddConflict(CompiledField field, FieldValue ours, FieldValue theirs, FieldBase current)
    {
        var isFirst = !stored.Knows(field) && policy.First != FirstSynchronization.Conflict;
        var resolution = isFirst ? ResolveFirst() : Resolve(field);
        if (!isFirst)
        {
            (conflicts ??= []).Add(new(field.Mapping.Key, ours, theirs, resolution));
        }

        switch (resolution)
        {
            case ConflictResolution.LocalWon:
                return Write(field, SyncSide.Integration, ours, theirs, current);
            case ConflictResolution.IntegrationWon:
                return Write(field, SyncSide.Local, theirs, ours, current);
            default:
                return true;
        }
    }

    private ConflictResolution ResolveFirst() => policy.First == FirstSynchronization.LocalWins
        ? ConflictResolution.LocalWon
        : ConflictResolution.IntegrationWon;

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
        if (!translation.IsTranslated)
        {
            Refusal = PairPlanner.Refuse(translation);
            return false;
        }

        var isUpToDate = ValueConversion.AreEquivalent(translation.Value, existing)
            || (translation.Value.IsBlank && field.Mapping.SkipsBlank);
        if (isUpToDate)
        {
            next.Set(field, current);
            return true;
        }

        WritesTo(target).Add(new(field.On(target).Name, translation.Value));
        // Drift is corrected once. If the system changes the value back, its value is accepted.
        var source = target.Opposite();
        var isDrift = current.Of(source) == stored[field].Of(source);
        var written = isDrift ? current.Of(target) : Fingerprint.Of(translation.Value);
        next.Set(field, current.With(target, written));
        return true;
    }

    private void AddConstants(SyncSide side)
    {
        foreach (var field in mapping.Constants)
        {
            if (field.ReachesForUpdate(side)
                && !ValueConversion.AreEquivalent(state.On(side)![field.On(side).Name], field.Mapping.Constant))
            {
                WritesTo(side).Add(new(field.On(side).Name, field.Mapping.Constant));
            }
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
        side == SyncSide.Local ? localWrites ??= [] : integrationWrites ??= [];
}
