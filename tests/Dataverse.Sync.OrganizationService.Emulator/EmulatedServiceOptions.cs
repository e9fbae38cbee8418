namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>
/// How an <see cref="EmulatedOrganizationService"/> behaves where the organization service differs from the Web API. The
/// rest is configured at the emulator. Options marked <em>unverified</em> control behavior that the documentation does
/// not describe; test a client with both values.
/// </summary>
public sealed record EmulatedServiceOptions
{
    /// <summary>
    /// How often the client itself repeats a throttled call before it tells of it, as <c>ServiceClient</c> does. Default 0.
    /// </summary>
    public int MaxRetryCount { get; init; }

    /// <summary>The pause before such a repetition where the service names none. Default 5 seconds.</summary>
    public TimeSpan RetryPauseTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether an answer that is lost ends in a <see cref="TimeoutException"/> instead of a
    /// <see cref="System.ServiceModel.CommunicationException"/>. Default <see langword="false"/>.
    /// </summary>
    public bool LostAnswersTimeOut { get; init; }

    /// <summary>
    /// Whether a change whose behavior is <c>Default</c> is refused when its row version differs. Default
    /// <see langword="false"/>. Unverified.
    /// </summary>
    public bool ChecksVersionsByDefault { get; init; }

    /// <summary>
    /// Whether rows of tables without optimistic concurrency have no row version. Default <see langword="false"/>.
    /// Unverified.
    /// </summary>
    public bool OmitsVersionsWithoutConcurrency { get; init; }

    /// <summary>
    /// Whether a row that is read with an amount of money also has its currency, which nobody asked for. Default
    /// <see langword="true"/>.
    /// </summary>
    public bool AddsCurrencyToMoney { get; init; } = true;

    /// <summary>The kind of the value of a column without a time. Default UTC. Unverified.</summary>
    public DateTimeKind DateKind { get; init; } = DateTimeKind.Utc;

    /// <summary>Whether an empty column is not equal to every value. Default <see langword="true"/>. Unverified.</summary>
    public bool BlanksAreNotEqual { get; init; } = true;

    /// <summary>The maximum number of values of a condition. Default 500.</summary>
    public int MaxConditionValues { get; init; } = 500;

    /// <summary>
    /// The error code for an expired token of changes; <see langword="null"/> (default) for that of the Web API,
    /// <c>0x80044352</c>. Unverified.
    /// </summary>
    public string? ExpiredTokenCode { get; init; }

    /// <summary>
    /// Whether every page of changes has the token of the next ones, instead of the last page only. Default
    /// <see langword="false"/>. Unverified.
    /// </summary>
    public bool TokensOnEveryPage { get; init; }
}
