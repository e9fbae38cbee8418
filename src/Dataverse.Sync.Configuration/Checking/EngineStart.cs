namespace Dataverse.Sync.Configuration;

/// <summary>The options by whose validation a host checks an engine when it starts. They have no content.</summary>
internal sealed class EngineStart;
