namespace Dataverse.Sync.Testing;

/// <summary>
/// Configures a <see cref="DataverseEmulator"/>. The defaults follow the documentation of the platform. Options marked
/// <em>unverified</em> control behavior that the documentation does not describe; test a client with both values.
/// </summary>
public sealed record DataverseEmulatorOptions
{
    /// <summary>
    /// The clock of time stamps, token expiry, throttling windows and latency. Default
    /// <see cref="TimeProvider.System"/>.
    /// </summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How the server speaks HTTP: plainly, by default.</summary>
    public EmulatorTransport Transport { get; init; } = new();

    /// <summary>
    /// How far the clock of the server is ahead of <see cref="TimeProvider"/> in <c>createdon</c>, <c>modifiedon</c>
    /// and delta tokens. Default zero.
    /// </summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>
    /// The id of the organization. Null (default) for a new one: every organization has an id of its own.
    /// </summary>
    public Guid? OrganizationId { get; init; }

    /// <summary>
    /// By which column companies claim the rows of account and contact. Default <see cref="DataverseCompanies.None"/>.
    /// </summary>
    public DataverseCompanies Companies { get; init; }

    /// <summary>The initial value of the version counter. Default 1,000,000.</summary>
    public long InitialVersion { get; init; } = 1_000_000;

    /// <summary>
    /// The authentication that requests need. Default <see cref="DataverseAuthentication.AnyToken"/>.
    /// </summary>
    public DataverseAuthentication Authentication { get; init; }

    /// <summary>The lifetime of tokens from the token endpoint. Default one hour.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The service protection limits. Default: the limits of the platform.</summary>
    public DataverseServiceProtection ServiceProtection { get; init; } = new();

    /// <summary>
    /// The value of the <c>x-ms-dop-hint</c> header. Default 5, as in trial and developer environments.
    /// </summary>
    public int RecommendedParallelism { get; init; } = 5;

    /// <summary>
    /// The delay before every response, on the clock of the emulator. A write is committed before the delay. Default
    /// zero.
    /// </summary>
    public TimeSpan RequestLatency { get; init; }

    /// <summary>The additional delay for every row that the request wrote. Default zero.</summary>
    public TimeSpan RowLatency { get; init; }

    /// <summary>The maximum number of rows on a page, and the page size without a preference. Default 5,000.</summary>
    public int MaxPageSize { get; init; } = 5000;

    /// <summary>
    /// How far the replica lags behind from which rows are read (GET, change tracking included). Null (default): reads are
    /// current. Writes, their conditions, and what another user reads through <see cref="DataverseTable"/> are always
    /// current. A lag of Dataverse is not documented.
    /// </summary>
    public TimeSpan? ReplicaLag { get; init; }

    /// <summary>The maximum number of requests in a batch. Default 1,000.</summary>
    public int MaxBatchRequests { get; init; } = 1000;

    /// <summary>The maximum number of conditions in a filter. Default 500.</summary>
    public int MaxFilterConditions { get; init; } = 500;

    /// <summary>
    /// The number of targets of a bulk message above which the database times out, <c>0x80044151</c>. Null (default)
    /// for no timeouts.
    /// </summary>
    public int? SqlTimeoutAboveTargets { get; init; }

    /// <summary>
    /// Whether a write becomes the victim of a deadlock, <c>0x80044150</c>, if another request that is still running
    /// wrote the same row. Default <see langword="false"/>.
    /// </summary>
    public bool DeadlockOnConcurrentWrites { get; init; }

    /// <summary>The HTTP status of SQL errors. Default 500. Unverified.</summary>
    public int SqlErrorStatus { get; init; } = 500;

    /// <summary>The HTTP status for an expired delta token, <c>0x80044352</c>. Default 400. Unverified.</summary>
    public int ExpiredDeltaTokenStatus { get; init; } = 400;

    /// <summary>
    /// The HTTP status of a write whose lookup refers to a missing row, <c>0x80040217</c>. Default 404. Unverified.
    /// </summary>
    public int MissingLookupTargetStatus { get; init; } = 404;

    /// <summary>
    /// The HTTP status of a PATCH with a version in <c>If-Match</c> if the row does not exist. Default 404. Unverified.
    /// </summary>
    public int MissingRowWithVersionStatus { get; init; } = 404;

    /// <summary>
    /// Whether CreateMultiple accepts primary keys that the client chooses. Default <see langword="true"/>. Unverified.
    /// </summary>
    public bool AllowOwnKeysInCreateMultiple { get; init; } = true;

    /// <summary>
    /// Whether the service refuses an update of an inactive row that does not also activate it, <c>0x80040230</c>.
    /// Default <see langword="false"/>. Unverified.
    /// </summary>
    public bool RejectChangesOfInactiveRows { get; init; }

    /// <summary>
    /// Whether empty text is stored as <see langword="null"/>. Default <see langword="true"/>. Unverified.
    /// </summary>
    public bool EmptyTextIsNull { get; init; } = true;

    /// <summary>
    /// Whether money is rounded to the decimals of the row's currency instead of four decimals. Default
    /// <see langword="true"/>. Unverified.
    /// </summary>
    public bool RoundMoneyToCurrencyPrecision { get; init; } = true;

    /// <summary>
    /// How a number with more decimals than the column stores is shortened; <see cref="MidpointRounding.ToZero"/> cuts
    /// them off. The service never says that it did. Default <see cref="MidpointRounding.AwayFromZero"/>. Unverified.
    /// </summary>
    public MidpointRounding NumberRounding { get; init; } = MidpointRounding.AwayFromZero;

    /// <summary>
    /// Whether fractions of a second are rounded instead of cut off. Default <see langword="false"/>. Unverified.
    /// </summary>
    public bool RoundsFractionsOfSeconds { get; init; }

    /// <summary>
    /// Whether blanks at the start and the end of a text are removed silently. Default <see langword="false"/>, as seen
    /// with imports and web services. Unverified.
    /// </summary>
    public bool TrimsText { get; init; }

    /// <summary>
    /// Whether every line break of a text is stored as a line feed. Default <see langword="false"/>. Unverified.
    /// </summary>
    public bool StoresLineFeeds { get; init; }

    /// <summary>
    /// Whether a text that is an instant loses superfluous digits of its fraction: <c>2012-07-14T00:00:00.0050Z</c>
    /// becomes <c>2012-07-14T00:00:00.005Z</c>. Default <see langword="true"/>.
    /// </summary>
    public bool ShortensInstantTexts { get; init; } = true;

    /// <summary>
    /// Whether rows lack the columns that the caller may not read, instead of showing <see langword="null"/>. Default
    /// <see langword="false"/>. Unverified.
    /// </summary>
    public bool OmitsWithheldColumns { get; init; }

    /// <summary>
    /// Whether a filter or an order by a column that the caller may not read is refused with <c>0x8004F504</c>, instead
    /// of seeing an empty column. Default <see langword="true"/>. Unverified.
    /// </summary>
    public bool RefusesFiltersOnWithheldColumns { get; init; } = true;

    /// <summary>
    /// Whether the environment is managed, so that it has masking rules; see <see cref="DataverseSecurity.Mask"/>.
    /// Default <see langword="false"/>.
    /// </summary>
    public bool IsManagedEnvironment { get; init; }

    /// <summary>
    /// Whether a create swaps the two time stamps: <c>createdon</c> receives the value of <c>overriddencreatedon</c>,
    /// which itself receives the <see langword="true"/> time. Default <see langword="true"/>. Unverified.
    /// </summary>
    public bool SwapOverriddenCreatedOn { get; init; } = true;

    /// <summary>
    /// Whether a new owner of an account also becomes the owner of its contacts. Default <see langword="true"/>.
    /// </summary>
    public bool CascadeAssign { get; init; } = true;

    /// <summary>
    /// Whether the rows that refer to a deleted row are deleted or released only when
    /// <see cref="DataverseEmulator.CompleteCascades"/> is called, as in a large cascade, which runs asynchronously. Default
    /// <see langword="false"/>.
    /// </summary>
    public bool CascadesLate { get; init; }

    /// <summary>
    /// The effect of deleting a contact on the accounts whose primary contact it is. Default
    /// <see cref="DataverseDeleteBehavior.RemoveLink"/>. Unverified.
    /// </summary>
    public DataverseDeleteBehavior PrimaryContactDeleted { get; init; } = DataverseDeleteBehavior.RemoveLink;
}
