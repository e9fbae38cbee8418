namespace Dataverse.Sync.Shared;

/// <summary>Performs writes as the parts of batches, each independent of the others.</summary>
internal sealed class PartWrites(WriteContext context)
{
    private const int MaxRounds = 3;

    // A batch may hold a thousand requests, and a write with a state takes two.
    private const int MaxPairs = 500;

    private readonly UncertainWrites uncertain = new(new RecordReadback(context));
    private readonly VersionCheck versions = new(context);
    private readonly InactiveRecords inactive = new(context);

    /// <summary>Gives every write a result.</summary>
    /// <exception cref="ConnectorException">A failure that stops the run, such as refused credentials.</exception>
    public Task WriteAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var size = context.UpdateBatchSize;
        var hasPairs = writes.Any(write => StateRules.NeedsSecondWrite(write.Operation));
        var chunks = writes.Chunk(hasPairs ? Math.Min(size, MaxPairs) : size);
        return Task.WhenAll(chunks.Select(chunk => WriteChunkAsync(chunk, cancellationToken)));
    }

    private async Task WriteChunkAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var open = await versions.CompareAsync(writes, cancellationToken).ConfigureAwait(false);
        for (var round = 1; open.Count > 0; round++)
        {
            var (again, pause) = await SendAsync(context.Timely.Of(open), cancellationToken).ConfigureAwait(false);
            open = again;
            if (open.Count == 0 || round == MaxRounds || pause > WriteContext.LongestPause)
            {
                return;
            }

            await Task.Delay(pause ?? context.RetryDelay * round, context.TimeProvider, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task<(IReadOnlyList<PendingWrite> Again, TimeSpan? Pause)> SendAsync(
        IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        if (writes.Count == 0)
        {
            return ([], null);
        }

        var parts = writes.Select(write => new PartWrite(write)).ToList();
        using var outcome = await context.Channel
            .SendAsync(parts, context.Timely.DeadlineOf(writes), cancellationToken)
            .ConfigureAwait(false);
        if (outcome.IsUnsent)
        {
            return await SendAsync(context.Timely.Of(writes), cancellationToken).ConfigureAwait(false);
        }

        if (outcome.Answers is not null)
        {
            return await ApplyAsync(writes, outcome, cancellationToken).ConfigureAwait(false);
        }

        if (outcome.IsUnknown)
        {
            ConnectorLog.ResponseLost(context.Logger, context.Connector, writes.Count, context.Table.Name);
            return (await uncertain.DecideAsync(writes, cancellationToken).ConfigureAwait(false), null);
        }

        if (outcome.IsTooLarge && writes.Count > 1)
        {
            await WriteChunkAsync([.. writes.Take(writes.Count / 2)], cancellationToken).ConfigureAwait(false);
            await WriteChunkAsync([.. writes.Skip(writes.Count / 2)], cancellationToken).ConfigureAwait(false);
            return ([], null);
        }

        if (!outcome.Failure!.IsTransient)
        {
            throw outcome.Failure;
        }

        foreach (var write in writes)
        {
            write.Failed(outcome.Failure);
        }

        return ([], null);
    }

    private async Task<(IReadOnlyList<PendingWrite> Again, TimeSpan? Pause)> ApplyAsync(
        IReadOnlyList<PendingWrite> writes, SendOutcome<PartAnswer> outcome, CancellationToken cancellationToken)
    {
        TimeSpan? pause = null;
        var followUps = new List<(PendingWrite Write, PartFollowUp FollowUp)>(writes.Count);
        for (var index = 0; index < writes.Count; index++)
        {
            var (write, answer) = (writes[index], outcome.Answers![index]);
            write.MayHaveRun |= outcome.FollowsUnknown;
            followUps.Add((write, answer.Apply(write)));
            pause = answer.RetryAfter ?? pause;
        }

        var undone = await uncertain.DecideAsync([.. With(PartFollowUp.Decide)], cancellationToken).ConfigureAwait(false);
        await uncertain.CorrectAsync([.. With(PartFollowUp.ReadBack)], cancellationToken).ConfigureAwait(false);
        await inactive.WriteAsync([.. With(PartFollowUp.Reactivate)], cancellationToken).ConfigureAwait(false);
        return ([.. With(PartFollowUp.Repeat), .. undone], pause);

        IEnumerable<PendingWrite> With(PartFollowUp followUp) =>
            followUps.Where(item => item.FollowUp == followUp).Select(item => item.Write);
    }
}
