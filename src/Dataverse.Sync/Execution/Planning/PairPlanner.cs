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
    public PairPlan Insert(SyncSide source, TableRecord record) =>
        new PairInsert(mapping, translator, source, record).Plan();

    internal static PairPlan Refuse(in Translation translation) => translation.SkipsRecord
        ? PairPlan.Skip(translation.Error!.Code, translation.Error.Message)
        : PairPlan.Fail(translation.Error!, translation.Awaited);
}
