namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The response to one request of a batch.</summary>
/// <param name="Id">The id that the request had; null or empty for none.</param>
/// <param name="Response">The response.</param>
internal sealed record BatchResponse(string? Id, EmulatorResponse Response);
