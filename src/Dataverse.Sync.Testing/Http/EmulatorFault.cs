namespace Dataverse.Sync.Testing;

/// <summary>
/// One thing that goes wrong, for which requests, and how often. Made by the static methods and narrowed by
/// <see cref="On"/>, <see cref="After"/>, <see cref="Times"/> and <see cref="Always"/>; handed to <see cref="FaultPlan.Add"/>.
/// </summary>
/// <example><code>emulator.Faults.Add(EmulatorFault.GatewayTimeout(afterCommit: true).On(r => r.IsWrite).After(2));</code></example>
public sealed record EmulatorFault
{
    private EmulatorFault(EmulatorFaultKind kind) => Kind = kind;

    /// <summary>What happens.</summary>
    public EmulatorFaultKind Kind { get; }

    /// <summary>
    /// The status sent by <see cref="EmulatorFaultKind.Refusal"/> and <see cref="EmulatorFaultKind.HtmlError"/>; else
    /// 0.
    /// </summary>
    public int Status { get; private init; }

    /// <summary>
    /// The error code in the body of a refusal; null for the one that the service uses for the status.
    /// </summary>
    public string? ErrorCode { get; init; }

    /// <summary>Sent as <c>Retry-After</c> in whole seconds, rounded up; null sends none.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>How long <see cref="EmulatorFaultKind.Delay"/> holds the request back.</summary>
    public TimeSpan Duration { get; private init; }

    /// <summary>Whether the request is carried out before the fault strikes, so that only its answer is lost.</summary>
    public bool AfterCommit { get; private init; }

    /// <summary>Requests that the fault may strike; null for every one.</summary>
    public Func<FaultTarget, bool>? Predicate { get; private init; }

    /// <summary>How many matching requests pass unharmed first. Default 0.</summary>
    public int Passes { get; private init; }

    /// <summary>How many matching requests are struck. Default 1; <see cref="int.MaxValue"/> for every one.</summary>
    public int Strikes { get; private init; } = 1;

    /// <summary>429 Too Many Requests, with <c>Retry-After</c> or, as Business Central may do, without.</summary>
    public static EmulatorFault TooManyRequests(TimeSpan? retryAfter = null) =>
        Refusal(429) with { RetryAfter = retryAfter };

    /// <summary>503 Service Unavailable in the service's own error shape.</summary>
    public static EmulatorFault ServiceUnavailable(TimeSpan? retryAfter = null) =>
        Refusal(503) with { RetryAfter = retryAfter };

    /// <summary>
    /// 504 Gateway Timeout; by default the service has carried the request out and only the answer came too late.
    /// </summary>
    public static EmulatorFault GatewayTimeout(bool afterCommit = true) =>
        Refusal(504) with { AfterCommit = afterCommit };

    /// <summary>401 Unauthorized, as for a token that expired.</summary>
    public static EmulatorFault Unauthorized() => Refusal(401);

    /// <summary>Any other status in the service's own error shape.</summary>
    /// <param name="status">400 to 599.</param>
    /// <param name="afterCommit">Whether the request is carried out first.</param>
    public static EmulatorFault Refusal(int status, bool afterCommit = false) =>
        new(EmulatorFaultKind.Refusal) { Status = ErrorStatus(status), AfterCommit = afterCommit };

    /// <summary>An HTML page of a gateway instead of the service's answer.</summary>
    /// <param name="status">400 to 599. Default 502.</param>
    /// <param name="afterCommit">Whether the request is carried out first.</param>
    public static EmulatorFault HtmlError(int status = 502, bool afterCommit = false) =>
        new(EmulatorFaultKind.HtmlError) { Status = ErrorStatus(status), AfterCommit = afterCommit };

    /// <summary>The connection closes without an answer.</summary>
    /// <param name="afterCommit">Whether the request is carried out first.</param>
    public static EmulatorFault ConnectionCut(bool afterCommit) =>
        new(EmulatorFaultKind.ConnectionCut) { AfterCommit = afterCommit };

    /// <summary>The request is carried out and answered, but the body stops halfway.</summary>
    public static EmulatorFault TruncatedBody() => new(EmulatorFaultKind.TruncatedBody) { AfterCommit = true };

    /// <summary>The request waits on the emulator's clock before it is carried out.</summary>
    public static EmulatorFault Delay(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        return new(EmulatorFaultKind.Delay) { Duration = duration };
    }

    /// <summary>
    /// Strikes only requests for which <paramref name="predicate"/> holds. It must be safe for use from several
    /// threads.
    /// </summary>
    public EmulatorFault On(Func<FaultTarget, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return this with { Predicate = predicate };
    }

    /// <summary>Lets the first <paramref name="requests"/> matching requests pass.</summary>
    public EmulatorFault After(int requests)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requests);
        return this with { Passes = requests };
    }

    /// <summary>Strikes <paramref name="requests"/> matching requests, then is spent.</summary>
    public EmulatorFault Times(int requests)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(requests);
        return this with { Strikes = requests };
    }

    /// <summary>Strikes every matching request until the plan is cleared.</summary>
    public EmulatorFault Always() => this with { Strikes = int.MaxValue };

    private static int ErrorStatus(int status)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        return status;
    }
}
