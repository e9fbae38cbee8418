namespace QuickStart;

/// <summary>The quick start cannot go on; the message says why and is all that the user sees.</summary>
internal sealed class QuickStartException(string message) : Exception(message);
