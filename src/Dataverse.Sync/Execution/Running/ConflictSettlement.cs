namespace Dataverse.Sync.Execution;

/// <summary>A person's decision about one open conflict, carried through a run of the pair.</summary>
internal sealed class ConflictSettlement(RecordConflict conflict, IReadOnlyDictionary<FieldMappingKey, ConflictResolution> choices)
{
    /// <summary>The decisions that still fit: those whose two values are the ones that the person saw.</summary>
    public IReadOnlyDictionary<FieldMappingKey, ConflictResolution>? DecisionsFor(CompiledMapping mapping, PairWork work)
    {
        if (work.Coupling is null || work.Coupling.LocalId != conflict.LocalId)
        {
            return null;
        }

        return conflict.Fields
            .Where(field => choices.ContainsKey(field.FieldMapping) && IsAsSeen(mapping, field, work))
            .ToDictionary(field => field.FieldMapping, field => choices[field.FieldMapping]);
    }

    private static bool IsAsSeen(CompiledMapping mapping, FieldConflict conflict, PairWork work) =>
        mapping.Find(conflict.FieldMapping) is { } field
        && mapping.View(SyncSide.Local, work.Local!)[field] == conflict.Local
        && mapping.View(SyncSide.Integration, work.Integration!)[field] == conflict.Integration;
}
