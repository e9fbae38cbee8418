using Dataverse.Sync.Shared;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Decides how often and after which pause a call is repeated.</summary>
internal sealed class CallRetries(OrganizationServiceOptions options, TimeProvider timeProvider)
{
    /// <summary>The longest pause that the service may ask for; a longer wish ends the call.</summary>
    public static readonly TimeSpan LongestWish = WriteContext.LongestPause;

    // A host that cannot be reached rarely heals within the pauses that throttling needs.
    private const int MaxConnectionRetries = 3;

    // A deadlock has a victim once; one that comes back again and again is none.
    private const int MaxPassingErrorRetries = 4;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>The number of repetitions that a failure is worth.</summary>
    public int NumberFor(ConnectorException failure, RequestFate fate, bool isRepeatable)
    {
        if ((fate != RequestFate.NotPerformed && !isRepeatable) || failure.RetryAfter > LongestWish)
        {
            return 0;
        }

        return Math.Min(options.MaxRetries, failure.Failure switch
        {
            ConnectorFailure.Throttled => int.MaxValue,
            ConnectorFailure.Unreachable => MaxConnectionRetries,
            ConnectorFailure.ServiceFault => MaxPassingErrorRetries,
            ConnectorFailure.Authentication when failure.ErrorCode is not null => 1,
            _ => 0,
        });
    }

    /// <summary>Waits before a repetition. After a refusal the governor waits already.</summary>
    public Task PauseAsync(ConnectorException failure, int repetition, CancellationToken cancellationToken)
    {
        var pause = options.RetryDelay * Math.Pow(2, Math.Min(repetition, 10));
        return failure.Failure == ConnectorFailure.Throttled
            ? Task.CompletedTask
            : Task.Delay(pause < LongestPause ? pause : LongestPause, timeProvider, cancellationToken);
    }
}
