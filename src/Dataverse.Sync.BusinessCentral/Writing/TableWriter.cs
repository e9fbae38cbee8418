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

    /// <summary>Takes over what the parts say and returns the writes that were not performed because an earlier one failed.</summary>
    private List<int> Take(Write write, IReadOnlyList<int> pending, BatchPart?[] parts, List<int> lost)
    {
        var rest = new List<int>();
        for (var place = 0; place < parts.Length; place++)
        {
            var index = pending[place];
            if (parts[place] is not { } part)
            {
                rest.Add(index);
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

        if (rest.Count > 0 && rest.Count < pending.Count)
        {
            BusinessCentralLog.SendingRest(logger, write.Table.Name, rest.Count);
            return rest;
        }

        foreach (var index in rest)
        {
            write.Results[index] = NotDone(write.Operations[index], new SyncError(SyncErrorCodes.Transient, "The service did not perform the write."));
        }

        return [];
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
