namespace Dataverse.Sync.HttpHarness;

/// <summary>A record of one side as a user sees it.</summary>
internal sealed record ShownRow(EntityKind Kind, SyncSide Side, Guid Id, string Marker, IReadOnlyDictionary<FieldPair, object?> Values);
