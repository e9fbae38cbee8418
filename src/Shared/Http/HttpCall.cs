using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Http;

/// <summary>One request, which may take several attempts.</summary>
internal sealed record HttpCall
{
    public required HttpMethod Method { get; init; }

    /// <summary>The absolute address.</summary>
    public required Uri Address { get; init; }

    /// <summary>What the call does, for messages and logs: "read 'customers'". Names tables, never values.</summary>
    public required string Operation { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The body, in place of <see cref="Body"/>, where the caller wrote it into a pooled array; the caller disposes it.</summary>
    public PooledBody? PooledBody { get; init; }

    /// <summary>The media type of the body, parameters included; null where there is no body.</summary>
    public string? ContentType { get; init; }

    /// <summary>
    /// Makes what reads the body of a successful answer while it arrives, a new one for each attempt; null to keep the whole body.
    /// What it throws ends the call.
    /// </summary>
    public Func<IBodyParser>? Parser { get; init; }

    /// <summary>Whether a repetition after an unknown outcome does no harm.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>The time after which the call is not sent, repetitions included; null for no limit.</summary>
    public SendDeadline? Deadline { get; init; }

    /// <summary>As how many requests the service counts it.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Whether the call has a header of its own with this name.</summary>
    public bool Has(string header)
    {
        foreach (var (name, _) in Headers)
        {
            if (string.Equals(name, header, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    public static HttpCall Get(
        Uri address, string operation, IReadOnlyList<KeyValuePair<string, string>>? headers = null) => new()
        {
            Method = HttpMethod.Get,
            Address = address,
            Operation = operation,
            Headers = headers ?? [],
            IsRepeatable = true,
        };
}
