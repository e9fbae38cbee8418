namespace Cluster;

/// <summary>The arguments are wrong.</summary>
internal sealed class UsageException(string message) : Exception(message);
