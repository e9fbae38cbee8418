namespace Dataverse.Sync.Execution;

/// <summary>The creation of a record's partner, field by field.</summary>
internal ref struct PairInsert(CompiledMapping mapping, FieldTranslator translator, SyncSide source, TableRecord record)
{
    private readonly SyncSide target = source.Opposite();
    private readonly List<FieldWrite> writes = new(mapping.Fields.Length + mapping.Constants.Length);
    private readonly ulong[] sourceBase = new ulong[mapping.Fields.Length];
    private readonly ulong[] targetBase = new ulong[mapping.Fields.Length];
    private List<FieldWrite>? cutTexts;
    private List<SyncError>? leftOut;
    private ClearedReference? cleared;

    /// <summary>Plans the creation.</summary>
    public PairPlan Plan()
    {
        var values = mapping.View(source, record);
        foreach (var field in mapping.InPlanningOrder)
        {
            if (Add(field, values.ReadableOf(field)) is { } refusal)
            {
                return refusal;
            }
        }

        AddConstants();
        AddTemplate();
        if (target == SyncSide.Integration)
        {
            AddOwn();
        }

        return ToPlan();
    }

    // Returns the plan of a record whose value cannot be translated, or null.
    private PairPlan? Add(CompiledField field, FieldValue value)
    {
        if (!field.ReachesForInsert(target))
        {
            (sourceBase[field.Index], targetBase[field.Index]) = BaseOfUnsent(field, value);
            return null;
        }

        var translation = translator.Translate(field, value, target, ScaleReferenceOf(field));
        if (!translation.IsTranslated)
        {
            return PairPlanner.Refuse(translation);
        }

        SetBase(field, value, translation);
        cleared = ClearedReference.Join(cleared, translation.Cleared);
        if (translation.LeftOut is { } reason)
        {
            (leftOut ??= []).Add(reason);
        }

        if (!translation.Value.IsBlank)
        {
            var write = new FieldWrite(field.On(target).Name, translation.Value);
            writes.Add(write);
            if (translation.IsCut)
            {
                (cutTexts ??= []).Add(write);
            }
        }

        return null;
    }

    private FieldValue ScaleReferenceOf(CompiledField field) =>
        field.On(target).ScaleByReference is { Field: var reference }
            ? writes.ValueOf(reference) ?? mapping.ConstantOf(target, reference) ?? FieldValue.Blank
            : FieldValue.Blank;

    // What the new record has by itself is synchronized back where the source has nothing. A field that is not
    // synchronized back leaves it alone.
    private void SetBase(CompiledField field, FieldValue value, in Translation translation)
    {
        var isOwn = value.IsBlank && translation.Value.IsBlank && !field.Reaches(source);
        sourceBase[field.Index] = translation.IsCleared
            ? Fingerprint.Awaiting(Fingerprint.Of(value))
            : Fingerprint.Of(value);
        targetBase[field.Index] = isOwn ? Fingerprint.None
            : translation.IsCleared && field.Mapping.SkipsBlank ? FieldBase.OwnDefault
            : Fingerprint.Of(translation.Value);
    }

    // The new record may have a value of its own, by default. It must not clear the value of the source.
    private (ulong Source, ulong Target) BaseOfUnsent(CompiledField field, FieldValue value)
    {
        if (field.IsFrozen || !field.CanRead(source))
        {
            return (Fingerprint.None, Fingerprint.None);
        }

        if (!BlankRules.SaysNothing(field, source, value))
        {
            return (Fingerprint.None, FieldBase.OwnDefault);
        }

        return (Fingerprint.Of(value), field.Reaches(source) ? 0 : Fingerprint.None);
    }

    private void AddConstants()
    {
        foreach (var field in mapping.Constants)
        {
            if (field.ReachesForInsert(target))
            {
                writes.Add(new(field.On(target).Name, field.Constant));
            }
        }
    }

    // What a field mapping or a constant writes wins over the template.
    private void AddTemplate()
    {
        foreach (var template in mapping.Templates[target])
        {
            if (template.AppliesTo(record))
            {
                Add(template);
                return;
            }
        }
    }

    private readonly void Add(CompiledTemplate template)
    {
        foreach (var write in template.Values)
        {
            if (writes.ValueOf(write.Field) is null)
            {
                writes.Add(write);
            }
        }
    }

    // The claim of the own company, and the owner unless a field mapping names one.
    private void AddOwn()
    {
        if (mapping.Claim is { ReachesForInsert: true } claim)
        {
            writes.Add(claim.Write);
        }

        if (mapping.Owner is { } owner && writes.ValueOf(owner.Field) is null)
        {
            writes.Add(owner);
        }
    }

    private PairPlan ToPlan()
    {
        return new()
        {
            Outcome = PlanOutcome.Inserted,
            Writes = Sides.From<IReadOnlyList<FieldWrite>>(target, writes, []),
            NextBase = source == SyncSide.Local
                ? SynchronizedBase.Over(mapping.Shape, sourceBase, targetBase)
                : SynchronizedBase.Over(mapping.Shape, targetBase, sourceBase),
            CutTexts = PairPlan.OrNone(cutTexts),
            Cleared = cleared,
            LeftOut = PairPlan.OrNone(leftOut),
        };
    }
}
