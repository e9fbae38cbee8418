namespace Dataverse.Sync.Testing;

/// <summary>What happens to a request that a fault strikes.</summary>
public enum EmulatorFaultKind
{
    /// <summary>The service refuses with a status and its own JSON error body.</summary>
    Refusal,

    /// <summary>Something in front of the service answers with a status and an HTML page.</summary>
    HtmlError,

    /// <summary>The connection is closed without an answer.</summary>
    ConnectionCut,

    /// <summary>The true answer is sent, but its body ends in the middle.</summary>
    TruncatedBody,

    /// <summary>The true answer is sent after a wait on the emulator's clock.</summary>
    Delay,
}
