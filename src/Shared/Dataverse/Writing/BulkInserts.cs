namespace Dataverse.Sync.Shared;

/// <summary>Creates records by CreateMultiple, which creates all records of a message or none.</summary>
/// <remarks>
/// A refused message does not tell which record is the cause. Its records are then created one by one within a single
/// batch, which has a response for each: two requests, however many records are bad, where halving the message
/// would take more with each of them.
/// </remarks>
internal sealed class BulkInserts(WriteContext context, PartWrites parts)
{
    private readonly UncertainWrites uncertain = new(new RecordReadback(context));

    /// <summary>Gives every insert a result.</summary>
    /// <exception cref="ConnectorException">A failure that stops the run, such as refused credentials.</exception>
    public Task WriteAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken) =>
        Task.WhenAll(writes.Chunk(context.CreateBatchSize).Select(chunk => WriteChunkAsync(chunk, cancellationToken)));

    private async Task WriteChunkAsync(PendingWrite[] writes, CancellationToken cancellationToken)
    {
        using var outcome = await context.Channel
            .CreateAsync(writes, context.Timely.DeadlineOf(writes), cancellationToken)
            .ConfigureAwait(false);
        if (outcome.IsUnsent)
        {
            _ = context.Timely.Of(writes);
            return;
        }

        if (outcome.Answers is { } ids && CanBe(ids, writes))
        {
            Created(writes, ids);
            return;
        }

        if (outcome.IsUnknown)
        {
            ConnectorLog.ResponseLost(context.Logger, context.Connector, writes.Length, context.Table.Name);
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
        PendingWrite[] writes, SendOutcome<Guid> outcome, CancellationToken cancellationToken)
    {
        var code = outcome.Failure!.ErrorCode;
        ConnectorLog.CreateMultipleRefused(context.Logger, context.Connector, writes.Length, context.Table.Name, code);
        if (outcome.IsUnavailable)
        {
            GiveUp();
        }

        foreach (var write in writes)
        {
            write.MayExist = ErrorCodes.Parse(code) == ErrorCodes.DuplicateRecord;
        }

        await parts.WriteAsync(writes, cancellationToken).ConfigureAwait(false);
    }

    private void Created(PendingWrite[] writes, IReadOnlyList<Guid> ids)
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
        ConnectorLog.NoCreateMultiple(context.Logger, context.Connector, context.Table.Name);
    }

    // One id for each record, and never the id of another record: ids in the wrong order would couple strangers.
    private static bool CanBe(IReadOnlyList<Guid> ids, PendingWrite[] writes)
    {
        if (ids.Count != writes.Length || ids.Contains(Guid.Empty) || ids.ToHashSet().Count != ids.Count)
        {
            return false;
        }

        var strangers = ids.Where((id, index) => id != writes[index].Id).ToHashSet();
        return strangers.Count == 0 || !Array.Exists(writes, write => strangers.Contains(write.Id));
    }
}
