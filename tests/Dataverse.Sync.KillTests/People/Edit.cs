namespace Dataverse.Sync.KillTests;

/// <summary>A value that somebody entered on one side; no two entered values are the same.</summary>
internal sealed record Edit(SyncSide Side, string Value);
