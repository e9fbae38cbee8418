namespace Dataverse.Sync.Testing;

/// <summary>The kinds of <see cref="EmulatorFault"/>.</summary>
public enum EmulatorFaultKind
{
    /// <summary>The service refuses the request with a status and a JSON error body of its own form.</summary>
    Refusal,

    /// <summary>A gateway in front of the service sends a status and an HTML page.</summary>
    HtmlError,

    /// <summary>The connection closes without a response.</summary>
    ConnectionCut,

    /// <summary>The response of the service is sent, but its body ends halfway.</summary>
    TruncatedBody,

    /// <summary>The response of the service is sent after a delay on the clock of the emulator.</summary>
    Delay,

    /// <summary>
    /// Something on the way, such as a gateway, sends the request twice. The response is that to the second request.
    /// </summary>
    Doubled,

    /// <summary>
    /// The connection closes without a response, and the request arrives later, when
    /// <see cref="FaultPlan.LandLateRequestsAsync"/> is called.
    /// </summary>
    LateArrival,

    /// <summary>A redirection is sent instead of the response of the service.</summary>
    Redirect,

    /// <summary>The body of the service's response is changed on its way.</summary>
    ChangedBody,

    /// <summary>An action of the test runs before or after the service executes the request.</summary>
    Interruption,
}
