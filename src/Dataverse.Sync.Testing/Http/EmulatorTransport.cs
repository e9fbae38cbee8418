namespace Dataverse.Sync.Testing;

/// <summary>
/// How an emulator speaks HTTP. The clouds speak it with all of these switched on: HTTP/2 over TLS, compressed responses
/// of a length that no header states. Requests through <c>CreateHandler</c> do not use the network, so none of it applies to
/// them.
/// </summary>
public sealed record EmulatorTransport
{
    /// <summary>
    /// Whether the server speaks TLS, with HTTP/2 for clients that ask for it and HTTP/1.1 for others; false by default,
    /// which is HTTP/1.1 without TLS.
    /// </summary>
    /// <remarks>
    /// The certificate is made at the start, for this machine and one day. Clients must be told to trust it: see
    /// <c>Certificate</c> and <c>CreateNetworkHandler</c> of the emulators.
    /// </remarks>
    public bool UsesTls { get; init; }

    /// <summary>
    /// Whether responses are compressed by Brotli or gzip, for clients whose <c>Accept-Encoding</c> names one; false by
    /// default.
    /// </summary>
    public bool Compresses { get; init; }

    /// <summary>
    /// Whether responses are sent piece by piece without a <c>Content-Length</c>; false by default. Pieces have a length of
    /// some kilobytes, and end within characters.
    /// </summary>
    public bool Streams { get; init; }
}
