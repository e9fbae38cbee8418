using System.Buffers;
using System.Text;
using System.Text.Json;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Creates records by CreateMultiple, which creates all records of a message or none.</summary>
/// <remarks>
/// A refused message does not tell which record is the cause. Its records are then created one by one within a single
/// <c>$batch</c>, which has a response for each: two requests, however many records are bad, where halving the message
/// would take more with each of them.
/// </remarks>
internal sealed class BulkInserts(WriteContext context, PartWrites parts)
{
    private readonly UncertainWrites uncertain = new(new RecordReadback(context));

    /// <summary>Gives every insert a result.</summary>
    /// <exception cref="ConnectorException">A failure that stops the run, such as refused credentials.</exception>
    public Task WriteAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken) =>
        Task.WhenAll(writes.Chunk(context.Options.CreateBatchSize).Select(chunk => WriteChunkAsync(chunk, cancellationToken)));

    private async Task WriteChunkAsync(PendingWrite[] writes, CancellationToken cancellationToken)
    {
        using var outcome = await context.Service.AttemptAsync(CallOf(writes), cancellationToken).ConfigureAwait(false);
        if (outcome is { IsTooLate: true, FollowsUnknown: false })
        {
            _ = context.Timely.Of(writes);
            return;
        }

        if (outcome.Answer is not null && TryReadIds(outcome.Answer) is { } ids && CanBe(ids, writes))
        {
            Created(writes, ids);
            return;
        }

        if (outcome.Fate != RequestFate.NotPerformed || outcome.FollowsUnknown)
        {
            ConnectorLog.ResponseLost(context.Logger, context.Service.Name, writes.Length, context.Table.Name);
            var missing = await uncertain.DecideAsync(writes, cancellationToken).ConfigureAwait(false);
            await parts.WriteAsync(missing, cancellationToken).ConfigureAwait(false);
            return;
        }

        var failure = outcome.Failure!;
        if (failure.Failure == ConnectorFailure.Authentication)
        {
            throw failure;
        }

        if (!failure.IsTransient)
        {
            await CreateOneByOneAsync(writes, outcome, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var write in writes)
        {
            write.Failed(failure);
        }
    }

    private async Task CreateOneByOneAsync(
        PendingWrite[] writes, HttpOutcome outcome, CancellationToken cancellationToken)
    {
        var code = outcome.Failure!.ErrorCode;
        ConnectorLog.CreateMultipleRefused(context.Logger, context.Service.Name, writes.Length, context.Table.Name, code);
        if (IsUnavailable(outcome))
        {
            GiveUp();
        }

        await parts.WriteAsync(writes, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsUnavailable(HttpOutcome outcome) =>
        ErrorCodes.Parse(outcome.Failure!.ErrorCode) == ErrorCodes.UnknownSegment
        || outcome.Failure.StatusCode is 405 or 501
        || outcome.Error?.Message is { } text
            && (text.Contains("is not enabled on the entity", StringComparison.OrdinalIgnoreCase)
                || text.Contains("does not support entities of type", StringComparison.OrdinalIgnoreCase));

    private void Created(PendingWrite[] writes, List<Guid> ids)
    {
        for (var index = 0; index < writes.Length; index++)
        {
            writes[index].Applied(id: ids[index]);
        }

        // Without our ids a repetition would not be recognized, so the next records are created one by one.
        if (writes.Any(write => write.Result!.Id != write.Id))
        {
            GiveUp();
        }
    }

    private void GiveUp()
    {
        context.Table.GiveUpCreateMultiple();
        ConnectorLog.NoCreateMultiple(context.Logger, context.Service.Name, context.Table.Name);
    }

    private HttpCall CallOf(PendingWrite[] writes) => new()
    {
        Method = HttpMethod.Post,
        Address = context.Service.Addresses.Absolute($"{context.Table.EntitySetName}/Microsoft.Dynamics.CRM.CreateMultiple{context.Query}"),
        Operation = context.Operation,
        Headers = context.Headers,
        Body = BodyOf(writes),
        ContentType = "application/json",
        Deadline = context.Timely.DeadlineOf(writes),
    };

    private ReadOnlyMemory<byte> BodyOf(PendingWrite[] writes)
    {
        var bodies = writes.Select(context.Payloads.BodyOf).ToList();
        var output = new ArrayBufferWriter<byte>(bodies.Sum(body => body.Length + 64) + 16);
        var type = Encoding.UTF8.GetBytes($"{{\"@odata.type\":\"Microsoft.Dynamics.CRM.{context.Table.Name}\",");
        output.Write("{\"Targets\":["u8);
        for (var index = 0; index < bodies.Count; index++)
        {
            output.Write(index == 0 ? default : ","u8);
            output.Write(type);

            // The body of an insert is an object that has at least the key, so that a member follows.
            output.Write(bodies[index].Span[1..]);
        }

        output.Write("]}"u8);
        return output.WrittenMemory;
    }

    // One id for each record, and never the id of another record: ids in the wrong order would couple strangers.
    private static bool CanBe(List<Guid> ids, PendingWrite[] writes)
    {
        var own = writes.Select(write => write.Id).ToHashSet();
        return ids.Count == writes.Length && ids.Distinct().Count() == ids.Count
            && ids.Zip(writes).All(pair => pair.First != Guid.Empty && (pair.First == pair.Second.Id || !own.Contains(pair.First)));
    }

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
