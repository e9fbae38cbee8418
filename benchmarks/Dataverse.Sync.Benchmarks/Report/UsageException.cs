namespace Dataverse.Sync.Benchmarks.Report;

/// <summary>The arguments are wrong; the usage text is shown with the message.</summary>
internal sealed class UsageException(string message) : Exception(message);
