namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>Checks that a run did what is measured: a benchmark that measures something else than it says is worse than none.</summary>
internal static class Expectation
{
    /// <exception cref="InvalidOperationException">The run counted another number.</exception>
    public static void Require(long counted, int expected, string what)
    {
        if (counted != expected)
        {
            throw new InvalidOperationException($"The run counted {counted} records as {what}, not {expected}.");
        }
    }

    /// <exception cref="InvalidOperationException">The run counted a smaller number.</exception>
    public static void RequireAtLeast(long counted, int expected, string what)
    {
        if (counted < expected)
        {
            throw new InvalidOperationException($"The run counted {counted} records as {what}, not {expected} or more.");
        }
    }
}
