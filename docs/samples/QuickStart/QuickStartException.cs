namespace QuickStart;

/// <summary>The exception that ends the quick start. Its message states the reason and is shown to the user.</summary>
internal sealed class QuickStartException(string message) : Exception(message);
