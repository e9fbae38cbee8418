namespace Dataverse.Sync.Execution;

/// <summary>The three-way merge of one pair, field by field.</summary>
internal sealed class PairMerge(
    CompiledMapping mapping,
    FieldTranslator translator,
    PairState state,
    PlanPolicy policy,
    IReadOnlyDictionary<string, ConflictResolution>? decisions)
{
    private readonly ulong[] nextLocal = new ulong[mapping.Fields.Length];
    private readonly ulong[] nextIntegration = new ulong[mapping.Fields.Length];
    private readonly List<FieldWrite> localWrites = [];
    private readonly List<FieldWrite> integrationWrites = [];
    private readonly List<FieldConflict> conflicts = [];
    private bool baseMoves = state.Base is null || !ReferenceEquals(state.Base.Shape, mapping.Shape);

    /// <summary>The plan when a field could not be translated.</summary>
    public PairPlan? Refusal { get; private set; }

    /// <summary>Merges a field; false when its value cannot be translated, which ends the merge.</summary>
    public bool Add(CompiledField field)
    {
        var local = mapping.ValueOf(field, SyncSide.Local, state.Local!);
        var integration = mapping.ValueOf(field, SyncSide.Integration, state.Integration!);
        var known = mapping.BaseOf(field, state.Base);
        var current = new FieldBase(Fingerprint.Of(local), Fingerprint.Of(integration));
        switch (Decide(field, local, integration, known, current))
        {
            case FieldMerge.Send:
                return Write(field, SyncSide.Integration, local, integration, current);
            case FieldMerge.Fetch:
                return Write(field, SyncSide.Local, integration, local, current);
            case FieldMerge.Conflict:
                return AddConflict(field, local, integration, known, current);
            case FieldMerge.Settle:
                SetBase(field, current);
                return true;
            default:
                SetBase(field, known);
                return true;
        }
    }

    public PairPlan ToPlan()
    {
        AddConstants(SyncSide.Local, localWrites);
        AddConstants(SyncSide.Integration, integrationWrites);
        var open = conflicts.Exists(conflict => conflict.Resolution == ConflictResolution.Open);
        var writes = localWrites.Count + integrationWrites.Count > 0;
        return new()
        {
            Outcome = open ? PlanOutcome.Conflicted : writes ? PlanOutcome.Modified : PlanOutcome.Unchanged,
            LocalWrites = localWrites,
            IntegrationWrites = integrationWrites,
            NextBase = baseMoves ? new SynchronizedBase(mapping.Shape, nextLocal, nextIntegration) : state.Base,
            Conflicts = conflicts,
        };
    }

    private FieldMerge Decide(CompiledField field, FieldValue local, FieldValue integration, FieldBase known, FieldBase current)
    {
        var sends = field.ReachesForUpdate(SyncSide.Integration);
        var fetches = field.ReachesForUpdate(SyncSide.Local);
        return (current.Local != known.Local, current.Integration != known.Integration) switch
        {
            (false, false) => FieldMerge.Keep,
            (true, false) when sends => FieldMerge.Send,
            (false, true) when fetches => FieldMerge.Fetch,
            _ when translator.Agree(field, local, integration) => FieldMerge.Settle,
            (true, false) => fetches && policy.CorrectsDrift ? FieldMerge.Fetch : FieldMerge.Keep,
            (false, true) => sends && policy.CorrectsDrift ? FieldMerge.Send : FieldMerge.Keep,
            _ when sends && fetches => FieldMerge.Conflict,
            _ => sends ? FieldMerge.Send : fetches ? FieldMerge.Fetch : FieldMerge.Settle,
        };
    }

    private bool AddConflict(CompiledField field, FieldValue local, FieldValue integration, FieldBase known, FieldBase current)
    {
        var isFirst = !mapping.IsKnownTo(field, state.Base) && policy.First != FirstSynchronization.Conflict;
        var resolution = isFirst ? (policy.First == FirstSynchronization.LocalWins ? ConflictResolution.LocalWon : ConflictResolution.IntegrationWon) : Resolve(field);
        if (!isFirst)
        {
            conflicts.Add(new(field.Mapping.Key, local, integration, resolution));
        }

        switch (resolution)
        {
            case ConflictResolution.LocalWon:
                return Write(field, SyncSide.Integration, local, integration, current);
            case ConflictResolution.IntegrationWon:
                return Write(field, SyncSide.Local, integration, local, current);
            default:
                SetBase(field, known);
                return true;
        }
    }

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
            UpdateConflictPolicy.NewestWins => state.Integration!.ModifiedOn > state.Local!.ModifiedOn ? ConflictResolution.IntegrationWon : ConflictResolution.LocalWon,
            _ => ConflictResolution.Open,
        };
    }

    private bool Write(CompiledField field, SyncSide target, FieldValue value, FieldValue existing, FieldBase current)
    {
        var translation = translator.Translate(field, value, target);
        if (!translation.IsTranslated)
        {
            Refusal = PairPlanner.Refuse(translation);
            return false;
        }

        var isSettled = ValueConversion.AreEquivalent(translation.Value, existing) || (translation.Value.IsBlank && field.Mapping.SkipsBlank);
        if (isSettled)
        {
            SetBase(field, current);
            return true;
        }

        (target == SyncSide.Local ? localWrites : integrationWrites).Add(new(field.On(target).Name, translation.Value));
        // A target that drifted is set right once: if its system turns the value back into what it was, it is left so.
        var source = target.Opposite();
        var isDrift = current.Of(source) == mapping.BaseOf(field, state.Base).Of(source);
        var written = isDrift ? current.Of(target) : Fingerprint.Of(translation.Value);
        SetBase(field, target == SyncSide.Local ? current with { Local = written } : current with { Integration = written });
        return true;
    }

    private void AddConstants(SyncSide side, List<FieldWrite> writes)
    {
        foreach (var field in mapping.Constants)
        {
            if (field.ReachesForUpdate(side) && !ValueConversion.AreEquivalent(state.On(side)![field.On(side).Name], field.Mapping.Constant))
            {
                writes.Add(new(field.On(side).Name, field.Mapping.Constant));
            }
        }
    }

    private void SetBase(CompiledField field, FieldBase next)
    {
        nextLocal[field.Index] = next.Local;
        nextIntegration[field.Index] = next.Integration;
        baseMoves |= next != mapping.BaseOf(field, state.Base);
    }
}
