namespace Dataverse.Sync.HttpHarness;

/// <summary>A kind of business record that exists on both sides.</summary>
internal sealed record EntityKind(string Mapping, string LocalTable, string IntegrationTable)
{
    /// <summary>The fields that hold the marker of a record, which no user edits.</summary>
    public required FieldPair Marker { get; init; }

    /// <summary>The fields that users edit.</summary>
    public required IReadOnlyList<FieldPair> Fields { get; init; }

    public string TableOn(SyncSide side) => side == SyncSide.Local ? LocalTable : IntegrationTable;
}
