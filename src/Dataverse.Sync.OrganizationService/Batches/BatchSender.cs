using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Sends requests as one ExecuteMultiple.</summary>
internal sealed class BatchSender(ServiceConnection service, TimeProvider timeProvider, TimeSpan retryDelay)
{
    private const int MaxReadRounds = 3;

    /// <summary>Sends reads, and sends the batch again while single reads fail for a reason that may pass.</summary>
    /// <exception cref="ConnectorException">The batch failed as a whole.</exception>
    public async Task<IReadOnlyList<BatchItem>> ReadAsync(
        IReadOnlyList<OrganizationRequest> requests, string operation, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            var items = await ReadOnceAsync(requests, operation, cancellationToken).ConfigureAwait(false);
            var passing = items.FirstOrDefault(MayPass).Fault;
            var pause = (passing is null ? null : Faults.RetryAfterOf(passing)) ?? retryDelay * round;
            if (passing is null || round == MaxReadRounds || pause > WriteContext.LongestPause)
            {
                return items;
            }

            await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends requests once; each has an answer, whatever happens to the others.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="operation">The operation for messages.</param>
    /// <param name="isRepeatable">Whether the batch may be sent again after an unknown outcome.</param>
    /// <param name="deadline">The time after which the batch is not sent; null for no limit.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public Task<CallOutcome<OrganizationResponse>> AttemptAsync(
        IReadOnlyList<OrganizationRequest> requests,
        string operation,
        bool isRepeatable,
        SendDeadline? deadline,
        CancellationToken cancellationToken)
    {
        var request = new ExecuteMultipleRequest
        {
            Settings = new ExecuteMultipleSettings { ContinueOnError = true, ReturnResponses = true },
            Requests = [],
        };
        request.Requests.AddRange(requests);
        var call = ServiceConnection.CallOf(request, operation) with { IsRepeatable = isRepeatable, Deadline = deadline };
        return service.AttemptAsync(call, cancellationToken);
    }

    /// <summary>The answer to each request, in order; null when the response is none to such a request.</summary>
    public IReadOnlyList<BatchItem>? ItemsOf(OrganizationResponse response, int count)
    {
        if ((response as ExecuteMultipleResponse)?.Responses is not { } responses)
        {
            return null;
        }

        var items = new BatchItem[count];
        foreach (var answered in responses)
        {
            // An answer to a request that was not sent, or a second one to the same, makes no sense of any.
            if (answered is null || answered.RequestIndex < 0 || answered.RequestIndex >= count || items[answered.RequestIndex] != default)
            {
                return null;
            }

            items[answered.RequestIndex] = new BatchItem(answered.Response, answered.Fault);
            if (answered.Fault is { } fault && ErrorCodes.IsNotBegun(Faults.CodeOf(fault)))
            {
                service.Pause(Faults.RetryAfterOf(fault) ?? TimeSpan.Zero);
            }
        }

        return items;
    }

    /// <summary>The response to a read, or the failure of the run where the read failed.</summary>
    /// <exception cref="ConnectorException">The read failed.</exception>
    public OrganizationResponse ResponseOf(BatchItem item, string operation) => item switch
    {
        { Fault: { } fault } => throw service.FailureOf(fault, operation),
        { Response: { } response } => response,
        _ => throw service.Malformed(operation, "A request of the batch has no answer."),
    };

    private static bool MayPass(BatchItem item) => item.Fault is { } fault && ErrorCodes.IsTransient(Faults.CodeOf(fault));

    private async Task<IReadOnlyList<BatchItem>> ReadOnceAsync(
        IReadOnlyList<OrganizationRequest> requests, string operation, CancellationToken cancellationToken)
    {
        var outcome = await AttemptAsync(requests, operation, isRepeatable: true, deadline: null, cancellationToken)
            .ConfigureAwait(false);
        if (outcome.Answer is { } answer)
        {
            return ItemsOf(answer, requests.Count)
                ?? throw service.Malformed(operation, "The answer to the batch does not fit its requests.");
        }

        return outcome.Failure is { IsTransient: false, Failure: not ConnectorFailure.Authentication }
            ? await ReadOneByOneAsync(requests, operation, cancellationToken).ConfigureAwait(false)
            : throw outcome.Failure!;
    }

    // What offers no batches may not offer the message for a query either.
    private static ServiceCall<OrganizationResponse> SingleOf(OrganizationRequest request, string operation) =>
        request is not RetrieveMultipleRequest { Query: { } query }
            ? ServiceConnection.CallOf(request, operation)
            : new(operation, async (client, token) => new RetrieveMultipleResponse
            {
                ["EntityCollection"] = await client.RetrieveMultipleAsync(query, token).ConfigureAwait(false),
            });

    // A service in between may not offer batches.
    private async Task<IReadOnlyList<BatchItem>> ReadOneByOneAsync(
        IReadOnlyList<OrganizationRequest> requests, string operation, CancellationToken cancellationToken)
    {
        var items = new List<BatchItem>(requests.Count);
        foreach (var request in requests)
        {
            var outcome = await service.AttemptAsync(SingleOf(request, operation), cancellationToken).ConfigureAwait(false);
            items.Add(outcome switch
            {
                { Answer: { } answer } => new BatchItem(answer, null),
                { Fault: { } fault } => new BatchItem(null, fault),
                { Failure.Failure: ConnectorFailure.Refused } => new BatchItem(null, new OrganizationServiceFault()),
                _ => throw outcome.Failure!,
            });
        }

        return items;
    }
}
