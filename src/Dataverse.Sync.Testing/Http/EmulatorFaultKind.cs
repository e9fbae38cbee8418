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
}
