namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A single request, or the requests of a change set.</summary>
internal sealed record BatchItem(IReadOnlyList<BatchRequest> Requests, bool IsChangeSet);
