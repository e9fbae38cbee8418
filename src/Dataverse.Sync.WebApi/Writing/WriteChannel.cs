using System.Text.Json;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Sends writes to one table as CreateMultiple messages and as the parts of <c>$batch</c> requests.</summary>
internal sealed class WriteChannel(
    ServiceConnection service, BatchSender batches, WriteRequests requests, TimeProvider timeProvider) : IWriteChannel
{
    /// <inheritdoc/>
    public async Task<SendOutcome<Guid>> CreateAsync(
        IReadOnlyList<PendingWrite> writes, SendDeadline? deadline, CancellationToken cancellationToken)
    {
        using var body = requests.CreationBody(writes);
        using var outcome = await service.AttemptAsync(requests.Creation(body, deadline), cancellationToken)
            .ConfigureAwait(false);
        return new SendOutcome<Guid>(outcome.Fate)
        {
            Answers = outcome.Answer is { } answer ? TryReadIds(answer) : null,
            Failure = outcome.Failure,
            FollowsUnknown = outcome.FollowsUnknown,
            IsTooLate = outcome.IsTooLate,
            IsUnavailable = outcome.Failure is not null && IsUnavailable(outcome.Failure, outcome.Error),
        };
    }

    /// <inheritdoc/>
    public async Task<SendOutcome<PartAnswer>> SendAsync(
        IReadOnlyList<PartWrite> parts, SendDeadline? deadline, CancellationToken cancellationToken)
    {
        var batch = parts.Select(requests.PartOf).ToList();
        var outcome = await batches
            .AttemptAsync(batch, requests.Operation, isRepeatable: false, cancellationToken, deadline)
            .ConfigureAwait(false);
        return new SendOutcome<PartAnswer>(outcome.Fate, outcome)
        {
            Answers = outcome.Responses is null ? null : [.. outcome.Responses.Select(response => new BatchAnswer(response, timeProvider))],
            Failure = outcome.Failure,
            FollowsUnknown = outcome.FollowsUnknown,
            IsTooLate = outcome.IsTooLate,
            IsTooLarge = outcome.Failure is { StatusCode: 413 },
        };
    }

    private static bool IsUnavailable(ConnectorException failure, ServiceError? error) =>
        failure.StatusCode is 405 or 501
        || RefusalRules.IsBulkUnavailable(ErrorCodes.Parse(failure.ErrorCode), error?.Message);

    // A response that cannot be read counts as lost.
    private static List<Guid>? TryReadIds(HttpAnswer answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return [.. document.RootElement.GetProperty("Ids").EnumerateArray().Select(id => id.GetGuid())];
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }
}
