using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>The response to one request of a <c>$batch</c>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">The headers of the response.</param>
/// <param name="Body">The body; part of the whole batch's memory.</param>
internal sealed record BatchResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>
    /// The number of responses to the requests of a change set that this one stands for; null if it stands alone.
    /// </summary>
    public int? Count { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    public string? Header(string name)
    {
        foreach (var (key, value) in Headers)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    public ServiceError ReadError() => ServiceError.Parse(Body.Span);
}
