namespace QuickStart;

/// <summary>The exception for invalid arguments. The usage text is shown with its message.</summary>
internal sealed class UsageException(string message) : Exception(message);
