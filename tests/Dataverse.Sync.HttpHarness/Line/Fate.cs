namespace Dataverse.Sync.HttpHarness;

/// <summary>What happens to one request, and the source of its details.</summary>
internal sealed record Fate(Mishap Mishap, Random Random)
{
    /// <summary>How much later a late request is executed: within the time that the engine waits for it.</summary>
    public TimeSpan Lateness() => TimeSpan.FromSeconds(Random.Next(1, 480));

    public TimeSpan? RetryAfter() => Random.Next(3) == 0 ? null : TimeSpan.FromSeconds(Random.Next(1, 40));
}
