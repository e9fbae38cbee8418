using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>How a <c>$batch</c> ended: with one response per request, or with a failure of the whole.</summary>
internal sealed class BatchOutcome(HttpOutcome http) : IDisposable
{
    /// <summary>
    /// One response per request, in order, valid until the outcome is disposed; null when the batch failed as a whole.
    /// </summary>
    public IReadOnlyList<BatchResponse>? Responses { get; init; }

    /// <summary>Why there are no responses.</summary>
    public ConnectorException? Failure { get; init; } = http.Failure;

    /// <summary>The service's clock when it answered; null when the response does not state it.</summary>
    public DateTimeOffset? Date => http.Answer?.Date;

    public RequestFate Fate { get; init; } = http.Fate;

    /// <summary>Whether an attempt before the last may have been performed.</summary>
    public bool FollowsUnknown => http.FollowsUnknown;

    /// <summary>Whether the batch was not sent, because the time for it was over.</summary>
    public bool IsTooLate => http.IsTooLate;

    public void Dispose() => http.Dispose();
}
