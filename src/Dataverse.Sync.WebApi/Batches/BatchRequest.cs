namespace Dataverse.Sync.WebApi;

/// <summary>One request inside a <c>$batch</c>.</summary>
internal sealed record BatchRequest
{
    public required HttpMethod Method { get; init; }

    /// <summary>The address on the same origin as the batch itself.</summary>
    public required Uri Address { get; init; }

    /// <summary>Headers of this request alone; the batch's own hold for all.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>A JSON body; empty where the request has none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Requests that are performed all or none in place of this one; each is a write.</summary>
    public IReadOnlyList<BatchRequest>? ChangeSet { get; init; }
}
