using Dataverse.Sync.Shared;
using Polly;
using Polly.Retry;

namespace Dataverse.Sync.Http;

/// <summary>
/// Repeats what an outcome says is worth repeating, after the pause that the service asked for or an exponential one.
/// </summary>
internal static class RetryPolicy
{
    // A host that cannot be reached, or that fails inside, rarely heals within the pauses that throttling needs.
    private const int MaxConnectionRetries = 3;
    private const int MaxServerErrorRetries = 2;

    // A deadlock has a victim once; one that comes back again and again is none.
    private const int MaxPassingErrorRetries = 4;

    /// <summary>Makes the pipeline of a connection that repeats at all.</summary>
    public static ResiliencePipeline<HttpOutcome> Create(HttpConnectionSettings settings) =>
        new ResiliencePipelineBuilder<HttpOutcome> { TimeProvider = settings.TimeProvider }
            .AddRetry(new RetryStrategyOptions<HttpOutcome>
            {
                MaxRetryAttempts = settings.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = settings.RetryDelay,
                MaxDelay = settings.MaxRetryDelay,
                ShouldHandle = arguments => new(arguments.Outcome.Result is { } outcome && arguments.AttemptNumber < outcome.MaxRetries),
                DelayGenerator = arguments => new(PauseOf(arguments.Outcome.Result)),
                OnRetry = arguments =>
                {
                    var failure = arguments.Outcome.Result!.Failure!;
                    var repetition = arguments.AttemptNumber + 1;
                    HttpLog.Retrying(
                        settings.Logger,
                        settings.Connector,
                        failure.Failure,
                        failure.StatusCode,
                        failure.ErrorCode,
                        repetition,
                        arguments.RetryDelay);
                    return default;
                },
            })
            .Build();

    /// <summary>The number of repetitions that a failure is worth.</summary>
    public static int RetriesFor(
        HttpConnectionSettings settings, HttpCall call, ConnectorException failure, RequestFate fate)
    {
        if ((fate != RequestFate.NotPerformed && !call.IsRepeatable) || failure.RetryAfter > settings.MaxRetryAfter)
        {
            return 0;
        }

        return Math.Min(settings.MaxRetries, failure.StatusCode switch
        {
            null => failure.Failure == ConnectorFailure.Unreachable ? MaxConnectionRetries : 0,
            500 => MaxServerErrorRetries,
            408 or 429 or 502 or 503 or 504 => int.MaxValue,
            < 500 when failure.IsTransient => MaxPassingErrorRetries,
            _ => 0,
        });
    }

    private static TimeSpan? PauseOf(HttpOutcome? outcome) =>
        outcome?.Failure?.RetryAfter is { } wish && wish > TimeSpan.Zero ? wish : null;
}
