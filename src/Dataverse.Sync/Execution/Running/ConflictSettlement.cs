namespace Dataverse.Sync.Execution;

/// <summary>A person's decision about one open conflict, carried through a run of the pair.</summary>
internal sealed class ConflictSettlement(RecordConflict conflict, IReadOnlyDictionary<string, ConflictResolution> choices)
{
    /// <summary>The decisions that still fit: those whose two values are the ones that the person saw.</summary>
    public IReadOnlyDictionary<string, ConflictResolution>? DecisionsFor(PairWork work)
    {
        if (work.Coupling is null || work.Coupling.LocalId != conflict.LocalId)
        {
            return null;
        }

        return conflict.Fields
            .Where(field => choices.ContainsKey(field.FieldMapping) && IsAsSeen(field, work))
            .ToDictionary(field => field.FieldMapping, field => choices[field.FieldMapping], StringComparer.Ordinal);
    }

    private static bool IsAsSeen(FieldConflict field, PairWork work)
    {
        var names = field.FieldMapping.Split('>', 2);
        return work.Local![names[0]] == field.Local && work.Integration![names[1]] == field.Integration;
    }
}
