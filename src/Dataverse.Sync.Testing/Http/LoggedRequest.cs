namespace Dataverse.Sync.Testing;

/// <summary>One HTTP request that an emulator received, and its outcome. A batch is one entry.</summary>
public sealed record LoggedRequest
{
    /// <summary>
    /// The position among all requests of the emulator, from 1. <see cref="RequestLog.Reset"/> does not reset it.
    /// </summary>
    public required long Number { get; init; }

    /// <summary>The verb in upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The request target exactly as sent, percent-encoding included.</summary>
    public required string PathAndQuery { get; init; }

    /// <summary>
    /// The HTTP status of the response, even if the client has disconnected; 0 if a fault closed the connection.
    /// </summary>
    public required int Status { get; init; }

    /// <summary>The time at which the request arrived, on the clock of the emulator.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>
    /// The request headers without <c>Authorization</c> and <c>Cookie</c>; names are compared without regard to case.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The length of the request body in bytes.</summary>
    public required int RequestSize { get; init; }

    /// <summary>The length of the response body in bytes; 0 if a fault closed the connection.</summary>
    public required int ResponseSize { get; init; }

    /// <summary>
    /// Whether the request asked for a change, successful or not. A batch does if any of its parts does.
    /// </summary>
    public required bool IsWrite { get; init; }

    /// <summary>
    /// The number of rows that the request inserted, changed or deleted and that remain committed, even if a fault hid
    /// the response. Rows that the service changed as a consequence, such as cascades, do not count.
    /// </summary>
    public required int RowWrites { get; init; }

    /// <summary>The fault that affected the request; <see langword="null"/> for none.</summary>
    public EmulatorFault? Fault { get; init; }
}
