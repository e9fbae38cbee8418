using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Sends writes to one table as CreateMultiple messages and as the parts of ExecuteMultiple requests.</summary>
internal sealed class WriteChannel(ServiceConnection service, BatchSender batches, WriteRequests requests) : IWriteChannel
{
    /// <inheritdoc/>
    public async Task<SendOutcome<Guid>> CreateAsync(
        IReadOnlyList<PendingWrite> writes, SendDeadline? deadline, CancellationToken cancellationToken)
    {
        NoteRepetitions(writes);
        var call = ServiceConnection.CallOf(requests.Creation(writes), requests.Operation) with
        {
            IsRepeatable = false,
            Deadline = deadline,
        };
        var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        return new SendOutcome<Guid>(outcome.Fate)
        {
            Answers = (outcome.Answer as CreateMultipleResponse)?.Ids,
            Failure = outcome.Failure,
            FollowsUnknown = outcome.FollowsUnknown,
            IsTooLate = outcome.IsTooLate,
            IsUnavailable = IsUnavailable(outcome),
        };
    }

    /// <inheritdoc/>
    public async Task<SendOutcome<PartAnswer>> SendAsync(
        IReadOnlyList<PartWrite> parts, SendDeadline? deadline, CancellationToken cancellationToken)
    {
        NoteRepetitions(parts.Select(part => part.Write));
        var batch = parts.Select(requests.PartOf).ToList();
        var outcome = await batches
            .AttemptAsync(batch, requests.Operation, isRepeatable: false, deadline, cancellationToken)
            .ConfigureAwait(false);
        var items = outcome.Answer is { } answer ? batches.ItemsOf(answer, parts.Count) : null;
        return new SendOutcome<PartAnswer>(outcome.Fate)
        {
            Answers = items is null ? null : [.. items.Select(item => new PartResult(item))],
            Failure = outcome.Failure,
            FollowsUnknown = outcome.FollowsUnknown,
            IsTooLate = outcome.IsTooLate,
            IsTooLarge = Faults.IsTooLarge(outcome.Fault),
        };
    }

    // A client that repeats a write by itself does so without telling, so the write may meet its own work.
    private void NoteRepetitions(IEnumerable<PendingWrite> writes)
    {
        if (!service.Source.MayRepeat)
        {
            return;
        }

        foreach (var write in writes)
        {
            write.MayHaveRun = true;
        }
    }

    private static bool IsUnavailable(CallOutcome<OrganizationResponse> outcome) =>
        outcome.Failure is { Failure: ConnectorFailure.Refused } && (outcome.Fault is not { } fault
            || RefusalRules.IsBulkUnavailable(Faults.CodeOf(fault), fault.Message));
}
