namespace Dataverse.Sync.Shared;

/// <summary>
/// The limits of a service and the pauses after a refusal, as a <see cref="RequestGovernor"/> needs them.
/// </summary>
internal sealed record GovernorSettings
{
    /// <summary>The clock that measures windows and pauses.</summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary>The greatest number of concurrent requests.</summary>
    public required int MaxConcurrency { get; init; }

    /// <summary>
    /// The number of concurrent requests until the service recommends one; null for <see cref="MaxConcurrency"/>.
    /// </summary>
    public int? StartConcurrency { get; init; }

    /// <summary>Whether never more requests are concurrent than the service recommends.</summary>
    /// <value>The default is false: the recommendation is where the search begins.</value>
    public bool KeepsToHint { get; init; }

    /// <summary>
    /// The response header in which the service recommends a number of concurrent requests; null where it does not.
    /// </summary>
    public string? ConcurrencyHint { get; init; }

    /// <summary>The cookie whose value distinguishes the service's servers; null where there is none.</summary>
    public string? ServerCookie { get; init; }

    /// <summary>The amounts that the service grants an account per window.</summary>
    public IReadOnlyList<WindowLimit> Limits { get; init; } = [];

    /// <summary>
    /// The first pause after a refusal without <c>Retry-After</c>; doubled with each further refusal.
    /// </summary>
    public required TimeSpan FirstPause { get; init; }

    /// <summary>The longest pause that the governor chooses itself.</summary>
    public required TimeSpan LongestPause { get; init; }
}
