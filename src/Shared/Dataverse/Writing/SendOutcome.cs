namespace Dataverse.Sync.Shared;

/// <summary>How a request with several writes ended: with an answer to each, or with a failure of the whole.</summary>
/// <typeparam name="T">The answer to one write.</typeparam>
/// <param name="fate">What became of the request.</param>
/// <param name="owned">Disposed with the outcome; null for nothing.</param>
internal sealed class SendOutcome<T>(RequestFate fate, IDisposable? owned = null) : IDisposable
{
    /// <summary>
    /// One answer per write, in order, valid until the outcome is disposed; null when the request failed as a whole, or
    /// was answered with something that cannot be read.
    /// </summary>
    public IReadOnlyList<T>? Answers { get; init; }

    /// <summary>Why there are no answers; null where there is one that cannot be read.</summary>
    public ConnectorException? Failure { get; init; }

    /// <summary>Whether an attempt before the last may have been performed.</summary>
    public bool FollowsUnknown { get; init; }

    /// <summary>Whether the request was not sent, because the time for it was over.</summary>
    public bool IsTooLate { get; init; }

    /// <summary>Whether the service refuses the request for its size.</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>Whether the service does not offer such a request for the table.</summary>
    public bool IsUnavailable { get; init; }

    /// <summary>Whether nothing was sent, now or before, because the time for it was over.</summary>
    public bool IsUnsent => IsTooLate && !FollowsUnknown;

    /// <summary>Whether the writes may have been performed, so that only their records can tell.</summary>
    public bool IsUnknown => fate != RequestFate.NotPerformed || FollowsUnknown;

    /// <inheritdoc/>
    public void Dispose() => owned?.Dispose();
}
