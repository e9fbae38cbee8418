namespace Dataverse.Sync.Testing;

/// <summary>Service protection limits, per user and web server. The defaults are the platform's.</summary>
public sealed record DataverseServiceProtection
{
    /// <summary>Length of the sliding window. Default 300 seconds.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Requests in the window. Default 6000.</summary>
    public int MaxRequests { get; init; } = 6000;

    /// <summary>Execution time of all requests in the window. Default 20 minutes.</summary>
    public TimeSpan MaxExecutionTime { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Requests under way at once. Default 52.</summary>
    public int MaxConcurrentRequests { get; init; } = 52;

    /// <summary>
    /// Web servers among which requests without an <c>ARRAffinity</c> cookie go round. Each has budgets of its own.
    /// Default 1.
    /// </summary>
    public int WebServers { get; init; } = 1;

    /// <summary>Execution time that every request is taken to cost, besides what it waits. Default 0.</summary>
    public TimeSpan RequestCost { get; init; }

    /// <summary>Execution time that every written row is taken to cost. Default 0.</summary>
    public TimeSpan RowCost { get; init; }

    /// <summary>
    /// The first <c>Retry-After</c>. It doubles with each further refusal up to the window, until a request is let
    /// through. Default 30 seconds.
    /// </summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(30);
}
