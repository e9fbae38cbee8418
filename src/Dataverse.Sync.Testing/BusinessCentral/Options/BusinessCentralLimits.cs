namespace Dataverse.Sync.Testing;

/// <summary>The limits per user that Business Central online enforces, or smaller ones for tests.</summary>
public sealed record BusinessCentralLimits
{
    /// <summary>
    /// Those of the cloud: 6,000 requests per five minutes, five at a time, 95 waiting for up to eight minutes.
    /// </summary>
    public static BusinessCentralLimits Online { get; } = new();

    /// <summary>Requests per <see cref="Window"/> and user; the next is 429. Default 6,000.</summary>
    public int RequestsPerWindow { get; init; } = 6000;

    /// <summary>Length of the sliding window. Default 5 minutes.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Requests of a user carried out at the same time. Default 5.</summary>
    public int Concurrent { get; init; } = 5;

    /// <summary>Requests of a user that may wait; the next is 429. Default 95.</summary>
    public int Queue { get; init; } = 95;

    /// <summary>How long a request waits before it is refused with 503. Default 8 minutes.</summary>
    public TimeSpan QueueWait { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>
    /// Whether each part of a batch counts as a request. Not known of the cloud; default true, the cautious reading.
    /// </summary>
    public bool CountsBatchParts { get; init; } = true;

    /// <summary>Sent as <c>Retry-After</c> with a 429; null (default) sends none. Not known of the cloud.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
