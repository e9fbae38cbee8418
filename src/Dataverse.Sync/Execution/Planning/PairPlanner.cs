namespace Dataverse.Sync.Execution;

/// <summary>Plans what is done with a record or a pair. Pure: the plan depends on the arguments alone.</summary>
internal sealed class PairPlanner(CompiledMapping mapping, IReferenceTranslator references)
{
    private readonly FieldTranslator translator = new(references);

    /// <summary>Plans the merge of a coupled pair whose two records exist.</summary>
    /// <param name="state">The pair.</param>
    /// <param name="policy">The policies of the run.</param>
    /// <param name="decisions">The conflicts that a rule or a person resolved, by the key of the field mapping.</param>
    public PairPlan Merge(
        in PairState state,
        PlanPolicy policy,
        IReadOnlyDictionary<FieldMappingKey, ConflictResolution>? decisions = null)
    {
        var merge = new PairMerge(mapping, translator, state, policy, decisions);
        foreach (var field in mapping.InPlanningOrder)
        {
            if (!merge.Add(field))
            {
                return merge.Refusal!;
            }
        }

        return merge.ToPlan();
    }

    /// <summary>Plans the creation of a record's partner.</summary>
    /// <param name="source">The side of the record.</param>
    /// <param name="record">The record.</param>
    public PairPlan Insert(SyncSide source, TableRecord record)
    {
        var target = source.Opposite();
        var writes = new List<FieldWrite>(mapping.Fields.Length + mapping.Constants.Length);
        var sourceBase = new ulong[mapping.Fields.Length];
        var targetBase = new ulong[mapping.Fields.Length];
        var values = mapping.View(source, record);
        ClearedReference? cleared = null;
        IReadOnlyList<FieldWrite> cutTexts = [];
        IReadOnlyList<SyncError> leftOut = [];
        foreach (var field in mapping.InPlanningOrder)
        {
            var value = values.ReadableOf(field);
            if (!field.ReachesForInsert(target))
            {
                (sourceBase[field.Index], targetBase[field.Index]) = BaseOfUnsent(field, source, value);
                continue;
            }

            var scaleReference = field.On(target).ScaleByReference is { Field: var reference }
                ? writes.ValueOf(reference) ?? mapping.ConstantOf(target, reference) ?? FieldValue.Blank
                : FieldValue.Blank;
            var translation = translator.Translate(field, value, target, scaleReference);
            if (!translation.IsTranslated)
            {
                return Refuse(translation);
            }

            // What the new record has by itself is synchronized back where the source has nothing. A field that is not
            // synchronized back leaves it alone.
            var isOwn = value.IsBlank && translation.Value.IsBlank && !field.Reaches(source);
            sourceBase[field.Index] = translation.IsCleared
                ? Fingerprint.Awaiting(Fingerprint.Of(value))
                : Fingerprint.Of(value);
            cleared = ClearedReference.Join(cleared, translation.Cleared);
            leftOut = translation.LeftOut is { } reason ? [.. leftOut, reason] : leftOut;
            targetBase[field.Index] = isOwn ? Fingerprint.None
                : translation.IsCleared && field.Mapping.SkipsBlank ? FieldBase.OwnDefault
                : Fingerprint.Of(translation.Value);
            if (!translation.Value.IsBlank)
            {
                var write = new FieldWrite(field.On(target).Name, translation.Value);
                writes.Add(write);
                cutTexts = translation.IsCut ? [.. cutTexts, write] : cutTexts;
            }
        }

        foreach (var field in mapping.Constants)
        {
            if (field.ReachesForInsert(target))
            {
                writes.Add(new(field.On(target).Name, field.Constant));
            }
        }

        if (target == SyncSide.Integration)
        {
            AddOwn(writes);
        }

        var next = source == SyncSide.Local
            ? SynchronizedBase.Over(mapping.Shape, sourceBase, targetBase)
            : SynchronizedBase.Over(mapping.Shape, targetBase, sourceBase);
        var plan = new PairPlan
        {
            Outcome = PlanOutcome.Inserted,
            NextBase = next,
            CutTexts = cutTexts,
            Cleared = cleared,
            LeftOut = leftOut,
        };
        return plan.WithWrites(target, writes);
    }

    // The claim of the own company, and the owner unless a field mapping names one.
    private void AddOwn(List<FieldWrite> writes)
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

    internal static PairPlan Refuse(in Translation translation) => translation.SkipsRecord
        ? PairPlan.Skip(translation.Error!.Code, translation.Error.Message)
        : PairPlan.Fail(translation.Error!, translation.Awaited);

    // The new record may have a value of its own, by default. It must not clear the value of the source.
    private static (ulong Source, ulong Target) BaseOfUnsent(CompiledField field, SyncSide source, FieldValue value)
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
}
