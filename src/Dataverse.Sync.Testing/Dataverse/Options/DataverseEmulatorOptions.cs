namespace Dataverse.Sync.Testing;

/// <summary>
/// How a <see cref="DataverseEmulator"/> behaves. The defaults are what the platform documents; switches marked
/// <em>unverified</em> stand for behaviour on which the documentation is silent, so that a client can be tested in both
/// positions.
/// </summary>
public sealed record DataverseEmulatorOptions
{
    /// <summary>The clock of time stamps, token expiry, throttle windows and latency. Default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// How far the server's clock is ahead of <see cref="TimeProvider"/> in <c>createdon</c>, <c>modifiedon</c> and
    /// delta tokens. Default 0.
    /// </summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>The version counter's start. Default 1,000,000.</summary>
    public long InitialVersion { get; init; } = 1_000_000;

    /// <summary>Who may call. Default: whoever sends a bearer token.</summary>
    public DataverseAuthentication Authentication { get; init; }

    /// <summary>How long a token from the token endpoint lives. Default one hour.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The service protection limits.</summary>
    public DataverseServiceProtection ServiceProtection { get; init; } = new();

    /// <summary>Sent as <c>x-ms-dop-hint</c>. Default 5, as in trial and developer environments.</summary>
    public int RecommendedParallelism { get; init; } = 5;

    /// <summary>
    /// Time that every request waits on the clock before its answer; the write is committed by then. Default 0.
    /// </summary>
    public TimeSpan RequestLatency { get; init; }

    /// <summary>Further waiting time for every row that the request wrote. Default 0.</summary>
    public TimeSpan RowLatency { get; init; }

    /// <summary>Rows on a page at most, and without a preference. Default 5000.</summary>
    public int MaxPageSize { get; init; } = 5000;

    /// <summary>Requests in a batch at most. Default 1000.</summary>
    public int MaxBatchRequests { get; init; } = 1000;

    /// <summary>Conditions in a filter at most. Default 500.</summary>
    public int MaxFilterConditions { get; init; } = 500;

    /// <summary>
    /// Targets of a bulk message above which the database times out, <c>0x80044151</c>; null for never. Default null.
    /// </summary>
    public int? SqlTimeoutAboveTargets { get; init; }

    /// <summary>
    /// Whether a write is the victim of a deadlock, <c>0x80044150</c>, when another request that is still under way
    /// wrote the row. Default false.
    /// </summary>
    public bool DeadlockOnConcurrentWrites { get; init; }

    /// <summary>HTTP status of SQL errors. Default 500, unverified.</summary>
    public int SqlErrorStatus { get; init; } = 500;

    /// <summary>HTTP status of an expired delta token, <c>0x80044352</c>. Default 400, unverified.</summary>
    public int ExpiredDeltaTokenStatus { get; init; } = 400;

    /// <summary>
    /// HTTP status of a write whose lookup leads to no row, <c>0x80040217</c>. Default 404, unverified.
    /// </summary>
    public int MissingLookupTargetStatus { get; init; } = 404;

    /// <summary>
    /// HTTP status of a PATCH with a version in <c>If-Match</c> on a missing row. Default 404, unverified.
    /// </summary>
    public int MissingRowWithVersionStatus { get; init; } = 404;

    /// <summary>Whether CreateMultiple takes primary keys chosen by the client. Default true, unverified.</summary>
    public bool AllowOwnKeysInCreateMultiple { get; init; } = true;

    /// <summary>
    /// Whether an update of an inactive row that does not also activate it is refused, <c>0x80040230</c>. Default
    /// false, unverified.
    /// </summary>
    public bool RejectChangesOfInactiveRows { get; init; }

    /// <summary>Whether empty text is stored as null. Default true, unverified.</summary>
    public bool EmptyTextIsNull { get; init; } = true;

    /// <summary>
    /// Whether money is rounded to the decimals of the row's currency, else to four. Default true, unverified.
    /// </summary>
    public bool RoundMoneyToCurrencyPrecision { get; init; } = true;

    /// <summary>
    /// Whether <c>overriddencreatedon</c> on create becomes <c>createdon</c> and itself takes the true time. Default
    /// true, unverified.
    /// </summary>
    public bool SwapOverriddenCreatedOn { get; init; } = true;

    /// <summary>Whether a new owner of an account also becomes the owner of its contacts. Default true.</summary>
    public bool CascadeAssign { get; init; } = true;

    /// <summary>
    /// What deleting a contact does to the accounts of which it is the primary contact. Default the link is removed,
    /// unverified.
    /// </summary>
    public DataverseDeleteBehavior PrimaryContactDeleted { get; init; } = DataverseDeleteBehavior.RemoveLink;
}
