using System.Text.Json;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Performs writes as the parts of one batch, each independent of the others.</summary>
internal sealed class PartWrites(WriteContext context)
{
    /// <summary>Gives every write a result.</summary>
    /// <exception cref="ConnectorException">The service refuses every write, whatever its values.</exception>
    public async Task WriteAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var unclear = new Unclear();
        var pending = writes;
        while (pending.Count > 0)
        {
            using var outcome = await SendAsync(pending, cancellationToken).ConfigureAwait(false);
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

            pending = Apply(pending, responses, outcome.FollowsUnknown, unclear);
        }

        await ReadAsync(unclear, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpOutcome> SendAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        using var batch = new BatchWriter();
        foreach (var write in writes)
        {
            context.Payloads.AddTo(batch, write);
        }

        var operation = $"write '{context.Table.Name}'";
        return await context.Batches.AttemptAsync(context.Table.ApiRoot, batch, operation, isRepeatable: false, cancellationToken)
            .ConfigureAwait(false);
    }

    private void ApplyFailure(IReadOnlyList<PendingWrite> writes, HttpOutcome outcome, Unclear unclear)
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
        IReadOnlyList<PendingWrite> writes, BatchResponse?[] responses, bool followsUnknown, Unclear unclear)
    {
        var rest = new List<PendingWrite>();
        var stop = StoppedAfter(responses);
        for (var index = 0; index < responses.Length; index++)
        {
            var write = writes[index];
            write.MayHaveRun |= followsUnknown;
            if (responses[index] is { } response)
            {
                unclear.Add(write, PartResults.Apply(write, response, context.Written));
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
    private static void LoseTwins(IReadOnlyList<PendingWrite> writes, Unclear unclear)
    {
        var twins = writes.Where(write => write.Result is { Status: WriteStatus.Applied }).GroupBy(write => write.Result!.Id)
            .Where(group => group.Skip(1).Any())
            .SelectMany(group => group.Where(write => write.Kind == WriteKind.Insert));
        foreach (var twin in twins)
        {
            unclear.Lose(twin);
        }
    }

    private async Task ReadAsync(Unclear unclear, CancellationToken cancellationToken)
    {
        if (unclear.Lost.Count > 0)
        {
            ConnectorLog.ResponseLost(context.Logger, unclear.Lost.Count, context.Table.Name, unclear.Failure);
            _ = await context.Uncertain.DecideAsync(unclear.Lost, cancellationToken).ConfigureAwait(false);
        }

        if (unclear.Refused.Count > 0)
        {
            await context.Uncertain.CorrectAsync(unclear.Refused, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The writes about which the responses do not decide.</summary>
    private sealed class Unclear
    {
        public List<PendingWrite> Lost { get; } = [];

        public List<PendingWrite> Refused { get; } = [];

        public ConnectorFailure Failure { get; private set; } = ConnectorFailure.ServiceFault;

        public void Add(PendingWrite write, PartFollowUp followUp)
        {
            if (followUp != PartFollowUp.None)
            {
                (followUp == PartFollowUp.Decide ? Lost : Refused).Add(write);
            }
        }

        public void Lose(PendingWrite write) => Lost.Add(write);

        public void Lose(IEnumerable<PendingWrite> writes, ConnectorFailure failure)
        {
            Failure = failure;
            Lost.AddRange(writes);
        }
    }
}
