namespace Dataverse.Sync.Testing;

/// <summary>The limits per user that Business Central online enforces, or lower limits for tests.</summary>
public sealed record BusinessCentralLimits
{
    /// <summary>
    /// The limits of the cloud: 6,000 requests in five minutes, five concurrent requests, and 95 waiting requests for
    /// up to eight minutes.
    /// </summary>
    public static BusinessCentralLimits Online { get; } = new();

    /// <summary>
    /// The maximum number of requests of a user in the <see cref="Window"/>. Further requests are refused with 429.
    /// Default 6,000.
    /// </summary>
    public int RequestsPerWindow { get; init; } = 6000;

    /// <summary>The length of the sliding window. Default 5 minutes.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The maximum number of concurrent requests of a user. Further requests wait. Default 5.</summary>
    public int Concurrent { get; init; } = 5;

    /// <summary>
    /// The maximum number of waiting requests of a user. Further requests are refused with 429. Default 95.
    /// </summary>
    public int Queue { get; init; } = 95;

    /// <summary>How long a request waits before it is refused with 503. Default 8 minutes.</summary>
    public TimeSpan QueueWait { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>
    /// Whether each part of a batch counts as a request. Unknown for the cloud. Default <see langword="true"/>, the
    /// cautious assumption.
    /// </summary>
    public bool CountsBatchParts { get; init; } = true;

    /// <summary>
    /// The value of <c>Retry-After</c> in a 429 response. Null (default) sends no such header. Unknown for the cloud.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }
}
