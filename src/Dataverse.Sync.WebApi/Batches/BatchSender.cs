using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Sends requests as one <c>$batch</c>.</summary>
internal sealed class BatchSender(ServiceConnection service, TimeProvider timeProvider, TimeSpan retryDelay)
{
    private const int MaxReadRounds = 3;

    /// <summary>Sends reads, and sends the batch again while single reads fail for a reason that may pass.</summary>
    /// <exception cref="ConnectorException">The batch failed as a whole.</exception>
    public async Task<BatchOutcome> ReadAsync(
        IReadOnlyList<BatchRequest> requests, string operation, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            var outcome = await AttemptAsync(requests, operation, isRepeatable: true, cancellationToken)
                .ConfigureAwait(false);
            if (outcome.Responses is null)
            {
                throw outcome.Failure!;
            }

            var throttled = outcome.Responses.FirstOrDefault(MayPass);
            var pause = RetryAfter.Parse(throttled?.Header("Retry-After"), timeProvider.GetUtcNow()) ?? retryDelay * round;
            if (throttled is null || round == MaxReadRounds || pause > WriteContext.LongestPause)
            {
                return outcome;
            }

            outcome.Dispose();
            await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends requests once; each has a response, whatever happens to the others.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="operation">The operation for messages.</param>
    /// <param name="isRepeatable">Whether the batch may be sent again after an unknown outcome.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <param name="deadline">The time after which the batch is not sent; null for no limit.</param>
    public async Task<BatchOutcome> AttemptAsync(
        IReadOnlyList<BatchRequest> requests,
        string operation,
        bool isRepeatable,
        CancellationToken cancellationToken,
        SendDeadline? deadline = null)
    {
        var call = CallOf(requests, operation) with { IsRepeatable = isRepeatable, Deadline = deadline };
        var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        try
        {
            return outcome.Answer is null
                ? new BatchOutcome(outcome)
                : new BatchOutcome(outcome) { Responses = service.Guarded(operation, () => Read(outcome.Answer, requests)) };
        }
        catch (ConnectorException exception)
        {
            outcome.Dispose();
            return new BatchOutcome(outcome) { Failure = exception, Fate = RequestFate.Unknown };
        }
    }

    /// <summary>Returns the body of a response, or fails the run where the request failed.</summary>
    /// <exception cref="ConnectorException">The request failed.</exception>
    public ReadOnlyMemory<byte> BodyOf(BatchResponse response, string operation) =>
        response.IsSuccess ? response.Body : throw service.Failed(response.Status, response.ReadError(), operation);

    private static bool MayPass(BatchResponse response) => response.Status is 408 or 429 or 500 or >= 502
        || (!response.IsSuccess && ServiceConnection.MeaningOf(response.ReadError()).HasFlag(ErrorMeaning.Passing));

    // A server built on Microsoft's libraries answers with the first media type that it knows; the second is that of errors.
    private HttpCall CallOf(IReadOnlyList<BatchRequest> requests, string operation)
    {
        var (body, contentType) = BatchWriter.Write(requests);
        return new HttpCall
        {
            Method = HttpMethod.Post,
            Address = service.Addresses.Absolute("$batch"),
            Operation = operation,
            Headers = [new("Accept", "multipart/mixed, application/json"), .. Prefer.Header(Prefer.ContinueOnError)],
            Body = body,
            ContentType = contentType,
        };
    }

    // A batch that is refused as a whole is answered with plain JSON.
    private IReadOnlyList<BatchResponse> Read(HttpAnswer answer, IReadOnlyList<BatchRequest> requests)
    {
        var boundary = BatchReader.BoundaryOf(answer.ContentType) ?? throw new FormatException("The answer to the batch is not multipart.");
        var responses = BatchReader.Read(answer.Body, boundary);
        foreach (var refused in responses.Where(response => response.Status is 429 or 503))
        {
            service.Pause(RetryAfter.Parse(refused.Header("Retry-After"), answer.Date ?? timeProvider.GetUtcNow()) ?? TimeSpan.Zero);
        }

        if (responses.Count != requests.Count)
        {
            throw new FormatException($"The batch of {requests.Count} requests has {responses.Count} answers.");
        }

        return responses.Zip(requests).All(pair => IsWhole(pair.First, pair.Second))
            ? responses
            : throw new FormatException("The answer to a change set is incomplete.");
    }

    private static bool IsWhole(BatchResponse response, BatchRequest request) =>
        !response.IsSuccess || response.Count is null || response.Count == request.ChangeSet?.Count;
}
