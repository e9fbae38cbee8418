using System.Text.Json;
using Dataverse.Sync.Http;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Writes operations in batches whose parts succeed and fail each on its own.</summary>
internal sealed class TableWriter(BusinessCentralService service, LostWrites lostWrites, int batchSize, ILogger logger)
{
    public async Task<IReadOnlyList<WriteResult>> WriteAsync(TableDefinition table, IReadOnlyList<WriteOperation> operations, CancellationToken cancellationToken)
    {
        var results = new WriteResult?[operations.Count];
        var sound = new List<int>(operations.Count);
        for (var index = 0; index < operations.Count; index++)
        {
            if (WriteCheck.ProblemOf(table.Schema, operations[index]) is { } problem)
            {
                results[index] = new WriteResult { Status = WriteStatus.Rejected, Error = problem };
            }
            else
            {
                sound.Add(index);
            }
        }

        var write = new Write(table, await service.PathAsync(table.EntitySet, cancellationToken).ConfigureAwait(false), operations, results);
        await Task.WhenAll(sound.Chunk(batchSize).Select(chunk => WriteChunkAsync(write, chunk, cancellationToken))).ConfigureAwait(false);
        return results!;
    }

    private async Task WriteChunkAsync(Write write, int[] chunk, CancellationToken cancellationToken)
    {
        var lost = new List<int>();
        var failure = ConnectorFailure.ServiceFault;
        IReadOnlyList<int> pending = chunk;
        while (pending.Count > 0)
        {
            using var outcome = await SendAsync(write, pending, cancellationToken).ConfigureAwait(false);
            if (outcome.Answer is null)
            {
                failure = outcome.Failure!.Failure;
                lost.AddRange(WithoutAnswer(write, pending, outcome));
                break;
            }

            if (!TryRead(outcome.Answer, pending.Count, out var parts))
            {
                failure = ConnectorFailure.MalformedAnswer;
                lost.AddRange(pending);
                break;
            }

            pending = Take(write, pending, parts, lost);
        }

        if (lost.Count > 0)
        {
            await lostWrites.SettleAsync(write.Table, write.Operations, lost, failure, write.Results, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HttpOutcome> SendAsync(Write write, IReadOnlyList<int> pending, CancellationToken cancellationToken)
    {
        using var body = new BatchBody();
        foreach (var index in pending)
        {
            WriteBody.Add(body, service.Addresses, write.Path, write.Table.Schema, write.Operations[index]);
        }

        return await service.SendBatchAsync(write.Table.ApiRoot, body, $"write '{write.Table.Name}'", isRepeatable: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Judges a batch without an answer and returns the writes that may have been done.</summary>
    /// <exception cref="ConnectorException">The service refuses every write, whatever its values.</exception>
    private IReadOnlyList<int> WithoutAnswer(Write write, IReadOnlyList<int> pending, HttpOutcome outcome)
    {
        var failure = outcome.Failure!;
        if (outcome.Fate == RequestFate.Unknown)
        {
            return pending;
        }

        if (!failure.IsTransient)
        {
            throw service.Explain(failure);
        }

        foreach (var index in pending)
        {
            write.Results[index] = NotDone(write.Operations[index], new SyncError(failure.ErrorCode ?? SyncErrorCodes.Transient, failure.Message));
        }

        return [];
    }

    private static bool TryRead(HttpAnswer answer, int requests, out BatchPart?[] parts)
    {
        try
        {
            parts = BatchAnswer.Read(answer.Body, requests);
            return true;
        }
        catch (JsonException)
        {
            parts = [];
            return false;
        }
    }

    /// <summary>Takes over what the parts say and returns the writes to send again, because the service stopped at an earlier one that failed.</summary>
    private List<int> Take(Write write, IReadOnlyList<int> pending, BatchPart?[] parts, List<int> lost)
    {
        var rest = new List<int>();
        var stop = StoppedAfter(parts);
        for (var place = 0; place < parts.Length; place++)
        {
            var index = pending[place];
            if (parts[place] is not { } part)
            {
                (place > stop && IsRepeatable(write, index) ? rest : lost).Add(index);
            }
            else if (Judge(write, write.Operations[index], part) is { } result)
            {
                write.Results[index] = result;
            }
            else
            {
                lost.Add(index);
            }
        }

        LoseTwins(write, pending, lost);
        if (rest.Count > 0)
        {
            BusinessCentralLog.SendingRest(logger, write.Table.Name, rest.Count);
        }

        return rest;
    }

    // A service that does not go on after a failure answers every part up to the failed one and none after it. Answers that are
    // missing in another way were lost, and say nothing about the writes.
    private static int StoppedAfter(BatchPart?[] parts)
    {
        var last = Array.FindIndex(parts, part => part is not { IsSuccess: true });
        return last >= 0 && parts[last] is { Status: >= 400 } && parts.AsSpan(last + 1).IndexOfAnyExcept([null]) < 0 ? last : parts.Length;
    }

    private static bool IsRepeatable(Write write, int index) => write.Operations[index].Kind != WriteKind.Insert || write.Table.Schema.KeepsChosenIds;

    // Two new records cannot have one id: which of the writes it belongs to, the answer does not tell.
    private static void LoseTwins(Write write, IReadOnlyList<int> pending, List<int> lost)
    {
        var twins = pending.Where(index => write.Results[index] is { Status: WriteStatus.Applied }).GroupBy(index => write.Results[index]!.Id)
            .Where(group => group.Skip(1).Any())
            .SelectMany(group => group.Where(index => write.Operations[index].Kind == WriteKind.Insert))
            .ToList();
        lost.AddRange(twins);
    }

    private static WriteResult? Judge(Write write, WriteOperation operation, BatchPart part) =>
        part.IsSuccess ? write.Records.Applied(operation, part) : PartJudge.Refused(operation, part);

    private static WriteResult NotDone(WriteOperation operation, SyncError error) => new()
    {
        Status = WriteStatus.Transient,
        Id = operation.Kind == WriteKind.Insert ? Guid.Empty : operation.Id,
        Error = error,
    };

    private sealed record Write(TableDefinition Table, string Path, IReadOnlyList<WriteOperation> Operations, WriteResult?[] Results)
    {
        public WrittenRecords Records { get; } = new(Table);
    }
}
