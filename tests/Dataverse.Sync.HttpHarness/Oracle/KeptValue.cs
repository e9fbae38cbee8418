namespace Dataverse.Sync.HttpHarness;

/// <summary>A value that a conflict keeps.</summary>
internal sealed record KeptValue(Guid LocalId, Guid IntegrationId, FieldPair Field, SyncSide Side, object? Value, bool IsOpen)
{
    /// <summary>Reads what the conflicts of all mappings keep.</summary>
    public static async Task<IReadOnlyList<KeptValue>> ReadAsync(SyncEngine engine)
    {
        var kept = new List<KeptValue>();
        foreach (var kind in Kinds.All)
        {
            await foreach (var conflict in engine.Issues.ListConflictsAsync(kind.Mapping, includeResolved: true))
            {
                kept.AddRange(Of(kind, conflict));
            }
        }

        return kept;
    }

    private static IEnumerable<KeptValue> Of(EntityKind kind, RecordConflict conflict) =>
        from value in conflict.Fields
        from field in kind.Fields
        where FieldMappingKey.Between(field.Local, field.Integration) == value.FieldMapping
        from side in new[] { SyncSide.Local, SyncSide.Integration }
        select new KeptValue(
            conflict.LocalId,
            conflict.IntegrationId,
            field,
            side,
            RowValues.Of(side == SyncSide.Local ? value.Local : value.Integration, field),
            value.Resolution == ConflictResolution.Open);
}
