namespace Dataverse.Sync.Shared;

/// <summary>What a service grants one user in a sliding window, on each of its servers.</summary>
internal sealed record WindowLimit
{
    public required LimitUnit Unit { get; init; }

    /// <summary>The greatest amount in the window.</summary>
    public required double Amount { get; init; }

    /// <summary>The length of the window.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>
    /// The response header that tells what is left on the server that answered; null where the service tells nothing.
    /// </summary>
    public string? RemainingHeader { get; init; }
}
