namespace Dataverse.Sync.Testing;

/// <summary>One HTTP request that an emulator received, with the outcome. A batch is one entry.</summary>
public sealed record LoggedRequest
{
    /// <summary>Position in the emulator's life, from 1; not reset by <see cref="RequestLog.Reset"/>.</summary>
    public required long Number { get; init; }

    /// <summary>Verb in upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The request target exactly as sent, percent-encoding included.</summary>
    public required string PathAndQuery { get; init; }

    /// <summary>The status sent, or that would have been sent; 0 when a fault cut the connection.</summary>
    public required int Status { get; init; }

    /// <summary>When the request arrived, by the emulator's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>
    /// Request headers without <c>Authorization</c> and <c>Cookie</c>; names are compared without regard to case.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Length of the request body in bytes.</summary>
    public required int RequestSize { get; init; }

    /// <summary>Length of the response body in bytes; 0 when a fault cut the connection.</summary>
    public required int ResponseSize { get; init; }

    /// <summary>
    /// Whether the request asked for a change, successful or not. A batch asks for one if any of its parts does.
    /// </summary>
    public required bool IsWrite { get; init; }

    /// <summary>
    /// Rows that the request inserted, changed or deleted and that stayed committed, also when a fault hid the answer.
    /// Rows that the service changed on its own account as a consequence (cascades) do not count.
    /// </summary>
    public required int RowWrites { get; init; }

    /// <summary>The fault that struck this request, or null.</summary>
    public EmulatorFault? Fault { get; init; }
}
