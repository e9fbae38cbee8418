namespace Dataverse.Sync.Execution;

/// <summary>The decision of a person about the fields of an open conflict, carried out by a run of the pair.</summary>
internal sealed class ConflictChoices(
    RecordConflict conflict, IReadOnlyDictionary<FieldMappingKey, ConflictResolution> choices)
{
    /// <summary>
    /// Returns the decisions whose two values are still the ones that the person saw, or null for another pair.
    /// </summary>
    public IReadOnlyDictionary<FieldMappingKey, ConflictResolution>? DecisionsFor(CompiledMapping mapping, Pair pair)
    {
        if (pair.Coupling is null || pair.Coupling.LocalId != conflict.LocalId)
        {
            return null;
        }

        return conflict.Fields
            .Where(field => choices.ContainsKey(field.FieldMapping) && IsAsSeen(mapping, field, pair))
            .ToDictionary(field => field.FieldMapping, field => choices[field.FieldMapping]);
    }

    private static bool IsAsSeen(CompiledMapping mapping, FieldConflict seen, Pair pair) =>
        mapping.Find(seen.FieldMapping) is { } field
        && field.CanRead()
        && mapping.View(SyncSide.Local, pair.Records.Local!)[field] == seen.Local
        && mapping.View(SyncSide.Integration, pair.Records.Integration!)[field] == seen.Integration;
}
