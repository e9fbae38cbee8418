namespace Dataverse.Sync.Testing;

/// <summary>The service protection limits per user and web server. The defaults are those of the platform.</summary>
public sealed record DataverseServiceProtection
{
    /// <summary>The length of the sliding window. Default 300 seconds.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>The maximum number of requests in the window. Default 6,000.</summary>
    public int MaxRequests { get; init; } = 6000;

    /// <summary>The maximum execution time of all requests in the window together. Default 20 minutes.</summary>
    public TimeSpan MaxExecutionTime { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>The maximum number of concurrent requests. Default 52.</summary>
    public int MaxConcurrentRequests { get; init; } = 52;

    /// <summary>
    /// The number of web servers, each with its own limits. Requests without an <c>ARRAffinity</c> cookie are
    /// distributed in turn. Default 1.
    /// </summary>
    public int WebServers { get; init; } = 1;

    /// <summary>The execution time that every request is charged, in addition to its delay. Default zero.</summary>
    public TimeSpan RequestCost { get; init; }

    /// <summary>The execution time that every written row is charged. Default zero.</summary>
    public TimeSpan RowCost { get; init; }

    /// <summary>
    /// The first value of <c>Retry-After</c>. It doubles with each further refusal, up to the window, until a request
    /// is accepted. Default 30 seconds.
    /// </summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(30);
}
