namespace Dataverse.Sync.HttpHarness;

/// <summary>Something happened that never may.</summary>
internal sealed class ViolationException(string message) : Exception(message);
