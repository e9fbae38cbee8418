using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>Performs writes as the parts of batches: each is answered, none holds back another.</summary>
internal sealed class PartWrites(WriteContext context)
{
    private const int MaxRounds = 3;

    private readonly LostWrites lost = new(context);
    private readonly InactiveRecords inactive = new(context);

    /// <summary>Answers every write.</summary>
    /// <exception cref="ConnectorException">A failure that stops the run, such as refused credentials.</exception>
    public Task WriteAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken) =>
        Task.WhenAll(writes.Chunk(context.Options.UpdateBatchSize).Select(chunk => WriteChunkAsync(chunk, cancellationToken)));

    private async Task WriteChunkAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var open = await lost.CompareVersionsAsync(writes, cancellationToken).ConfigureAwait(false);
        for (var round = 1; open.Count > 0; round++)
        {
            var (again, pause) = await SendAsync(open, cancellationToken).ConfigureAwait(false);
            open = again;
            if (open.Count == 0 || round == MaxRounds || pause > WebApiClient.LongestPause)
            {
                return;
            }

            await Task.Delay(pause ?? context.Options.RetryDelay * round, context.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(IReadOnlyList<PendingWrite> Again, TimeSpan? Pause)> SendAsync(
        IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var parts = writes.Select(PartOf).ToList();
        using var outcome = await context.Client.AttemptBatchAsync(parts, context.Operation, isRepeatable: false, cancellationToken).ConfigureAwait(false);
        if (outcome.Answers is not null)
        {
            return await JudgeAsync(writes, outcome, cancellationToken).ConfigureAwait(false);
        }

        if (outcome.Fate == RequestFate.Unknown || outcome.FollowsUnknown)
        {
            return (await lost.SettleAsync(writes, cancellationToken).ConfigureAwait(false), null);
        }

        if (outcome.Failure is { StatusCode: 413 } && writes.Count > 1)
        {
            await WriteChunkAsync([.. writes.Take(writes.Count / 2)], cancellationToken).ConfigureAwait(false);
            await WriteChunkAsync([.. writes.Skip(writes.Count / 2)], cancellationToken).ConfigureAwait(false);
            return ([], null);
        }

        foreach (var write in outcome.Failure!.IsTransient ? writes : throw outcome.Failure)
        {
            write.Failed(outcome.Failure);
        }

        return ([], null);
    }

    private async Task<(IReadOnlyList<PendingWrite> Again, TimeSpan? Pause)> JudgeAsync(
        IReadOnlyList<PendingWrite> writes, BatchOutcome outcome, CancellationToken cancellationToken)
    {
        TimeSpan? pause = null;
        var verdicts = new List<(PendingWrite Write, PartVerdict Verdict)>(writes.Count);
        for (var index = 0; index < writes.Count; index++)
        {
            var (write, answer) = (writes[index], outcome.Answers![index]);
            write.MayHaveRun |= outcome.FollowsUnknown;
            verdicts.Add((write, PartJudge.Judge(write, answer)));
            pause = RetryAfter.Parse(answer.Header("Retry-After"), context.TimeProvider.GetUtcNow()) ?? pause;
        }

        await lost.ReadBackAsync([.. With(PartVerdict.ReadBack)], cancellationToken).ConfigureAwait(false);
        await inactive.WriteAsync([.. With(PartVerdict.Reactivate)], cancellationToken).ConfigureAwait(false);
        return ([.. With(PartVerdict.Retry)], pause);

        IEnumerable<PendingWrite> With(PartVerdict verdict) => verdicts.Where(item => item.Verdict == verdict).Select(item => item.Write);
    }

    private BatchPart PartOf(PendingWrite write) => write.Kind switch
    {
        WriteKind.Insert => new BatchPart
        {
            Method = HttpMethod.Post,
            Address = context.Client.Address(context.Table.EntitySetName + context.Query),
            Headers = context.Headers,
            Body = write.Body,
        },
        _ => new BatchPart
        {
            Method = write.Kind == WriteKind.Update ? HttpMethod.Patch : HttpMethod.Delete,
            Address = QueryAddress.OfRecord(context.Client, context.Table, write.Id, context.Query),
            Headers = [Condition(write), .. context.Headers],
            Body = write.Body,
        },
    };

    // An update without a condition would create a record that somebody has deleted meanwhile.
    private KeyValuePair<string, string> Condition(PendingWrite write) =>
        new("If-Match", context.Table.ChecksVersions ? write.Operation.ExpectedVersion ?? "*" : "*");
}
