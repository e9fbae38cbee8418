namespace Dataverse.Sync.HttpHarness;

/// <summary>A record that a user deleted.</summary>
internal sealed record Deletion(int Order, string Marker, SyncSide Side, Guid Id, bool WasCoupled);
