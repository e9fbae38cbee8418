using System.Text.Json;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Performs writes as the parts of one batch, each independent of the others.</summary>
internal sealed class PartWrites(WriteContext context)
{
    private const int MaxRounds = 3;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Gives every write a result.</summary>
    /// <exception cref="ConnectorException">The service refuses every write, whatever its values.</exception>
    public async Task WriteAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var open = writes;
        for (var round = 1; open.Count > 0; round++)
        {
            var unclear = await SendAllAsync(open, cancellationToken).ConfigureAwait(false);
            open = await DecideAsync(unclear, cancellationToken).ConfigureAwait(false);
            if (open.Count == 0 || round == MaxRounds)
            {
                return;
            }

            await Task.Delay(RetryDelay * round, context.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<UnclearWrites> SendAllAsync(
        IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var unclear = new UnclearWrites();
        var pending = context.Timely.Of(writes);
        while (pending.Count > 0)
        {
            using var outcome = await SendAsync(pending, cancellationToken).ConfigureAwait(false);
            if (outcome is { IsTooLate: true, FollowsUnknown: false })
            {
                pending = context.Timely.Of(pending);
                continue;
            }

            if (outcome.Answer is null)
            {
                ApplyFailure(pending, outcome, unclear);
                break;
            }

            if (!TryRead(outcome.Answer, pending.Count, out var responses))
            {
                unclear.Lose(pending, ConnectorFailure.MalformedAnswer);
                break;
            }

            pending = context.Timely.Of(Apply(pending, responses, outcome.FollowsUnknown, unclear));
        }

        return unclear;
    }

    private async Task<HttpOutcome> SendAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        using var batch = new BatchWriter();
        foreach (var write in writes)
        {
            context.Payloads.AddTo(batch, write);
        }

        var operation = $"write '{context.Table.Name}'";
        var deadline = context.Timely.DeadlineOf(writes);
        return await context.Batches
            .AttemptAsync(context.Table.ApiRoot, batch, operation, isRepeatable: false, cancellationToken, deadline)
            .ConfigureAwait(false);
    }

    private void ApplyFailure(IReadOnlyList<PendingWrite> writes, HttpOutcome outcome, UnclearWrites unclear)
    {
        var failure = outcome.Failure!;
        if (outcome.Fate == RequestFate.Unknown || outcome.FollowsUnknown)
        {
            unclear.Lose(writes, failure.Failure);
            return;
        }

        if (!failure.IsTransient)
        {
            throw context.Service.Explain(failure);
        }

        foreach (var write in writes)
        {
            write.Failed(failure);
        }
    }

    private static bool TryRead(HttpAnswer answer, int requests, out BatchResponse?[] responses)
    {
        try
        {
            responses = BatchReader.Read(answer.Body, requests);
            return true;
        }
        catch (JsonException)
        {
            responses = [];
            return false;
        }
    }

    /// <summary>
    /// Applies the responses and returns the writes to send again, because the service stopped at an earlier one that
    /// failed.
    /// </summary>
    private List<PendingWrite> Apply(
        IReadOnlyList<PendingWrite> writes, BatchResponse?[] responses, bool followsUnknown, UnclearWrites unclear)
    {
        var rest = new List<PendingWrite>();
        var stop = StoppedAfter(responses);
        for (var index = 0; index < responses.Length; index++)
        {
            var write = writes[index];
            write.MayHaveRun |= followsUnknown;
            if (responses[index] is { } response)
            {
                unclear.Add(write, PartResults.Apply(write, response, context));
            }
            else if (index > stop && IsRepeatable(write))
            {
                rest.Add(write);
            }
            else
            {
                unclear.Lose(write);
            }
        }

        LoseTwins(writes, unclear);
        if (rest.Count > 0)
        {
            ConnectorLog.SendingRest(context.Logger, context.Table.Name, rest.Count);
        }

        return rest;
    }

    // A service that does not continue after a failure has a response for every part up to the failed one and none
    // after it. Responses that are missing in another way were lost and say nothing about the writes.
    private static int StoppedAfter(BatchResponse?[] responses)
    {
        var last = Array.FindIndex(responses, response => response is not { IsSuccess: true });
        var isStop = last >= 0 && responses[last] is { Status: >= 400 } && responses.AsSpan(last + 1).IndexOfAnyExcept([null]) < 0;
        return isStop ? last : responses.Length;
    }

    private bool IsRepeatable(PendingWrite write) =>
        write.Kind != WriteKind.Insert || context.Table.Schema.KeepsChosenIds;

    // Two new records cannot have one id, and the responses do not tell which of the two has it.
    private static void LoseTwins(IReadOnlyList<PendingWrite> writes, UnclearWrites unclear)
    {
        var twins = writes.Where(write => write.Result is { Status: WriteStatus.Applied }).GroupBy(write => write.Result!.Id)
            .Where(group => group.Skip(1).Any())
            .SelectMany(group => group.Where(write => write.Kind == WriteKind.Insert));
        foreach (var twin in twins)
        {
            unclear.Lose(twin);
        }
    }

    // Returns the writes to send again.
    private async Task<IReadOnlyList<PendingWrite>> DecideAsync(
        UnclearWrites unclear, CancellationToken cancellationToken)
    {
        IReadOnlyList<PendingWrite> again = [];
        if (unclear.Lost.Count > 0)
        {
            ConnectorLog.ResponseLost(context.Logger, unclear.Lost.Count, context.Table.Name, unclear.Failure);
            var open = await context.Uncertain.DecideAsync(unclear.Lost, cancellationToken).ConfigureAwait(false);
            again = [.. open.Where(unclear.Passing.Contains)];
        }

        if (unclear.Refused.Count > 0)
        {
            await context.Uncertain.CorrectAsync(unclear.Refused, cancellationToken).ConfigureAwait(false);
        }

        return again;
    }
}
