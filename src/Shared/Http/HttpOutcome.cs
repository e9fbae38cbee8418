using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Http;

/// <summary>How a call ended: with an answer, or with a failure and what is known of its fate.</summary>
internal sealed class HttpOutcome : IDisposable
{
    /// <summary>The answer of a call that succeeded (HTTP 2xx), disposed with the outcome.</summary>
    public HttpAnswer? Answer { get; init; }

    /// <summary>Why there is no answer; ready to be thrown.</summary>
    public ConnectorException? Failure { get; init; }

    /// <summary>What the service said about the failure; its text may hold values.</summary>
    public ServiceError? Error { get; init; }

    public required RequestFate Fate { get; init; }

    /// <summary>
    /// Whether an attempt before this one may have been performed, so that it may have met its own work.
    /// </summary>
    public bool FollowsUnknown { get; set; }

    /// <summary>Whether this attempt was not sent, because the time for it was over.</summary>
    public bool IsTooLate { get; init; }

    /// <summary>
    /// How many repetitions this kind of failure is worth; zero where one would not help or might do the work twice.
    /// </summary>
    public int MaxRetries { get; init; }

    public void Dispose() => Answer?.Dispose();
}
