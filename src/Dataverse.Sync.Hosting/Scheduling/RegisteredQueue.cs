namespace Dataverse.Sync.Hosting;

/// <summary>A job queue that the hosted service runs.</summary>
/// <param name="EngineName">The name of its engine, or null for the engine without a name.</param>
internal sealed record RegisteredQueue(string? EngineName);
