namespace Dataverse.Sync.Testing.Emulation;

/// <summary>One request as it was received, or one part of a batch; independent of the HTTP server.</summary>
internal record EmulatorRequest
{
    /// <summary>Upper case.</summary>
    public required string Method { get; init; }

    /// <summary>Origin the client used, without a trailing slash: <c>http://127.0.0.1:49152</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>The request target exactly as sent, percent-encoding included.</summary>
    public required string PathAndQuery { get; init; }

    /// <summary>Names are compared without regard to case; repeated headers are joined with a comma.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The faults of the parts, if the request is a batch.</summary>
    public PartFaults? Faults { get; init; }

    /// <summary>The target without its query, still percent-encoded.</summary>
    public string Path => PathAndQuery.IndexOf('?') is >= 0 and var end ? PathAndQuery[..end] : PathAndQuery;

    /// <summary>What follows the question mark, still percent-encoded; empty without a query.</summary>
    public string Query => PathAndQuery.IndexOf('?') is >= 0 and var end ? PathAndQuery[(end + 1)..] : "";

    public bool IsRead => Method is "GET" or "HEAD" or "OPTIONS";

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}
