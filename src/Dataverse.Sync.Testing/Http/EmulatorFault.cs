namespace Dataverse.Sync.Testing;

/// <summary>
/// A fault of the network or the service: which requests it affects, and how often. The static methods create faults;
/// <see cref="On"/>, <see cref="After"/>, <see cref="Times"/> and <see cref="Always"/> narrow them;
/// <see cref="FaultPlan.Add"/> activates them.
/// </summary>
/// <remarks>
/// Immutable: the methods that narrow a fault return a changed copy. By default a fault affects the next request only.
/// </remarks>
/// <example><code>
/// emulator.Faults.Add(EmulatorFault.GatewayTimeout(afterCommit: true).On(request => request.IsWrite).After(2));
/// </code></example>
public sealed record EmulatorFault
{
    private EmulatorFault(EmulatorFaultKind kind) => Kind = kind;

    /// <summary>The kind of fault.</summary>
    public EmulatorFaultKind Kind { get; }

    /// <summary>
    /// The HTTP status of <see cref="EmulatorFaultKind.Refusal"/> and <see cref="EmulatorFaultKind.HtmlError"/>; 0 for
    /// other kinds.
    /// </summary>
    public int Status { get; private init; }

    /// <summary>
    /// The error code in the body of a refusal; <see langword="null"/> (default) for the code that the service uses
    /// with the status.
    /// </summary>
    public string? ErrorCode { get; init; }

    /// <summary>
    /// The text in the body of a refusal; <see langword="null"/> (default) for the text that the service uses with the
    /// status.
    /// </summary>
    public string? ErrorText { get; init; }

    /// <summary>The target of <see cref="EmulatorFaultKind.Redirect"/>; <see langword="null"/> for other kinds.</summary>
    public Uri? Location { get; private init; }

    /// <summary>
    /// Changes the body of <see cref="EmulatorFaultKind.ChangedBody"/>; <see langword="null"/> for other kinds.
    /// </summary>
    public Func<string, string>? Change { get; private init; }

    /// <summary>
    /// The action of <see cref="EmulatorFaultKind.Interruption"/>; <see langword="null"/> for other kinds.
    /// </summary>
    public Action<FaultTarget>? Action { get; private init; }

    /// <summary>
    /// Whether the fault affects the parts of batches, one by one, instead of whole requests. Default
    /// <see langword="false"/>.
    /// </summary>
    public bool AffectsParts { get; private init; }

    /// <summary>
    /// The value of <c>Retry-After</c>, sent in whole seconds and rounded up; <see langword="null"/> sends no such
    /// header.
    /// </summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>How long <see cref="EmulatorFaultKind.Delay"/> delays the request.</summary>
    public TimeSpan Duration { get; private init; }

    /// <summary>Whether the service executes the request first, so that only its response is lost.</summary>
    public bool AfterCommit { get; private init; }

    /// <summary>Selects the requests that the fault may affect; <see langword="null"/> (default) for all.</summary>
    public Func<FaultTarget, bool>? Predicate { get; private init; }

    /// <summary>The number of matching requests that succeed before the fault occurs. Default 0.</summary>
    public int Passes { get; private init; }

    /// <summary>
    /// The number of matching requests that the fault affects. Default 1; <see cref="int.MaxValue"/> for all.
    /// </summary>
    public int Strikes { get; private init; } = 1;

    /// <summary>The service refuses the request with 429 Too Many Requests.</summary>
    /// <param name="retryAfter">
    /// The value of <c>Retry-After</c>; <see langword="null"/> (default) to omit the header, as Business Central may
    /// do.
    /// </param>
    /// <returns>A fault that affects the next request.</returns>
    public static EmulatorFault TooManyRequests(TimeSpan? retryAfter = null) =>
        Refusal(429) with { RetryAfter = retryAfter };

    /// <summary>
    /// The service refuses the request with 503 Service Unavailable and an error body of its own form.
    /// </summary>
    /// <param name="retryAfter">
    /// The value of <c>Retry-After</c>; <see langword="null"/> (default) to omit the header.
    /// </param>
    /// <returns>A fault that affects the next request.</returns>
    public static EmulatorFault ServiceUnavailable(TimeSpan? retryAfter = null) =>
        Refusal(503) with { RetryAfter = retryAfter };

    /// <summary>The client receives 504 Gateway Timeout.</summary>
    /// <param name="afterCommit">
    /// Whether the service executes the request, so that only its response is late. Default <see langword="true"/>.
    /// </param>
    /// <returns>A fault that affects the next request.</returns>
    public static EmulatorFault GatewayTimeout(bool afterCommit = true) =>
        Refusal(504) with { AfterCommit = afterCommit };

    /// <summary>The service refuses the request with 401 Unauthorized, as it does for an expired token.</summary>
    /// <returns>A fault that affects the next request.</returns>
    public static EmulatorFault Unauthorized() => Refusal(401);

    /// <summary>The service refuses the request with another status and an error body of its own form.</summary>
    /// <param name="status">The HTTP status, 400 to 599.</param>
    /// <param name="afterCommit">
    /// Whether the service executes the request first. Default <see langword="false"/>.
    /// </param>
    /// <returns>A fault that affects the next request.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The status is not between 400 and 599.</exception>
    public static EmulatorFault Refusal(int status, bool afterCommit = false) =>
        new(EmulatorFaultKind.Refusal) { Status = ErrorStatus(status), AfterCommit = afterCommit };

    /// <summary>A gateway sends an HTML page instead of the response of the service.</summary>
    /// <param name="status">The HTTP status, 400 to 599. Default 502.</param>
    /// <param name="afterCommit">
    /// Whether the service executes the request first. Default <see langword="false"/>.
    /// </param>
    /// <returns>A fault that affects the next request.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The status is not between 400 and 599.</exception>
    public static EmulatorFault HtmlError(int status = 502, bool afterCommit = false) =>
        new(EmulatorFaultKind.HtmlError) { Status = ErrorStatus(status), AfterCommit = afterCommit };

    /// <summary>The connection closes without a response.</summary>
    /// <param name="afterCommit">Whether the service executes the request first.</param>
    /// <returns>A fault that affects the next request.</returns>
    public static EmulatorFault ConnectionCut(bool afterCommit) =>
        new(EmulatorFaultKind.ConnectionCut) { AfterCommit = afterCommit };

    /// <summary>The service executes the request, but the body of its response ends halfway.</summary>
    /// <returns>A fault that affects the next request.</returns>
    public static EmulatorFault TruncatedBody() => new(EmulatorFaultKind.TruncatedBody) { AfterCommit = true };

    /// <summary>The request waits before the service executes it.</summary>
    /// <param name="duration">The delay on the clock of the emulator.</param>
    /// <returns>A fault that affects the next request.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public static EmulatorFault Delay(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        return new(EmulatorFaultKind.Delay) { Duration = duration };
    }

    /// <summary>Business Central refuses the request as the victim of a deadlock: 409 and a text.</summary>
    /// <param name="afterCommit">
    /// Whether the service executes the request all the same. Default <see langword="false"/>.
    /// </param>
    /// <returns>A fault that affects the next request.</returns>
    public static EmulatorFault BusinessCentralDeadlock(bool afterCommit = false) => Refusal(409, afterCommit) with
    {
        ErrorCode = "Internal_ServerError",
        ErrorText = "The activity was deadlocked with another user who was modifying the Customer table. "
            + "Please retry the activity.",
    };

    /// <summary>Business Central is overloaded and answers 400 with a text.</summary>
    /// <param name="afterCommit">
    /// Whether the service executes the request all the same. Default <see langword="false"/>.
    /// </param>
    /// <returns>A fault that affects the next request.</returns>
    public static EmulatorFault BusinessCentralOverload(bool afterCommit = false) => Refusal(400, afterCommit) with
    {
        ErrorCode = "Unknown",
        ErrorText = "The server is busy. Please try again later.",
    };

    /// <summary>Dataverse refuses the request because of an error of its database, such as a deadlock.</summary>
    /// <param name="afterCommit">
    /// Whether the service executes the request all the same. Default <see langword="false"/>.
    /// </param>
    /// <returns>A fault that affects the next request.</returns>
    public static EmulatorFault DataverseDeadlock(bool afterCommit = false) => Refusal(500, afterCommit) with
    {
        ErrorCode = "0x80044150",
        ErrorText = "Generic SQL error.",
    };

    /// <summary>
    /// Something on the way, such as a gateway or a handler that repeats requests, sends the request twice. The response
    /// is that to the second request.
    /// </summary>
    /// <returns>A fault that affects the next request.</returns>
    public static EmulatorFault Doubled() => new(EmulatorFaultKind.Doubled);

    /// <summary>
    /// The connection closes without a response, and the request is on its way until
    /// <see cref="FaultPlan.LandLateRequestsAsync"/> is called.
    /// </summary>
    /// <returns>A fault that affects the next request.</returns>
    public static EmulatorFault LateArrival() => new(EmulatorFaultKind.LateArrival);

    /// <summary>A redirection is sent instead of the response of the service.</summary>
    /// <param name="location">The target.</param>
    /// <param name="status">The HTTP status, 300 to 399. Default 302.</param>
    /// <param name="afterCommit">
    /// Whether the service executes the request first. Default <see langword="false"/>.
    /// </param>
    /// <returns>A fault that affects the next request.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The status is not between 300 and 399.</exception>
    public static EmulatorFault Redirect(Uri location, int status = 302, bool afterCommit = false)
    {
        ArgumentNullException.ThrowIfNull(location);
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 300);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 399);
        return new(EmulatorFaultKind.Redirect) { Location = location, Status = status, AfterCommit = afterCommit };
    }

    /// <summary>The body of the service's response is changed on its way, as a hostile server may do.</summary>
    /// <param name="change">Returns the new body. It must be safe for concurrent use.</param>
    /// <returns>A fault that affects the next request.</returns>
    public static EmulatorFault ChangedBody(Func<string, string> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new(EmulatorFaultKind.ChangedBody) { Change = change, AfterCommit = true };
    }

    /// <summary>
    /// An action of the test runs between requests: it moves the clock as if the process had been suspended, ends the
    /// process, or edits rows.
    /// </summary>
    /// <param name="action">The action. If it throws, the connection closes.</param>
    /// <param name="afterCommit">
    /// Whether the service executes the request before the action. Default <see langword="false"/>: after it.
    /// </param>
    /// <returns>A fault that affects the next request.</returns>
    public static EmulatorFault Interruption(Action<FaultTarget> action, bool afterCommit = false)
    {
        ArgumentNullException.ThrowIfNull(action);
        return new(EmulatorFaultKind.Interruption) { Action = action, AfterCommit = afterCommit };
    }

    /// <summary>
    /// Lets the fault affect the parts of batches, one by one, instead of whole requests. A change set is one part.
    /// </summary>
    /// <returns>The changed copy.</returns>
    /// <exception cref="InvalidOperationException">
    /// The kind is neither <see cref="EmulatorFaultKind.Refusal"/> nor <see cref="EmulatorFaultKind.Doubled"/>.
    /// </exception>
    public EmulatorFault InBatches() => Kind is EmulatorFaultKind.Refusal or EmulatorFaultKind.Doubled
        ? this with { AffectsParts = true }
        : throw new InvalidOperationException($"A fault of the kind {Kind} cannot affect a part of a batch.");

    /// <summary>Limits the fault to requests that match a predicate.</summary>
    /// <param name="predicate">Selects requests. It must be safe for concurrent use.</param>
    /// <returns>The changed copy.</returns>
    public EmulatorFault On(Func<FaultTarget, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return this with { Predicate = predicate };
    }

    /// <summary>Lets matching requests succeed before the fault occurs.</summary>
    /// <param name="requests">The number of requests that succeed.</param>
    /// <returns>The changed copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public EmulatorFault After(int requests)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requests);
        return this with { Passes = requests };
    }

    /// <summary>Sets how many matching requests the fault affects.</summary>
    /// <param name="requests">The number of requests.</param>
    /// <returns>The changed copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public EmulatorFault Times(int requests)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(requests);
        return this with { Strikes = requests };
    }

    /// <summary>Makes the fault affect every matching request until <see cref="FaultPlan.Clear"/> is called.</summary>
    /// <returns>The changed copy.</returns>
    public EmulatorFault Always() => this with { Strikes = int.MaxValue };

    private static int ErrorStatus(int status)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        return status;
    }
}
