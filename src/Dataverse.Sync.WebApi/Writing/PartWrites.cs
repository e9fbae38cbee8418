using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Performs writes as the parts of batches, each independent of the others.</summary>
internal sealed class PartWrites(WriteContext context)
{
    private const int MaxRounds = 3;

    // A batch may hold a thousand requests, and a change set has two.
    private const int MaxChangeSets = 500;

    private readonly UncertainWrites uncertain = new(new RecordReadback(context));
    private readonly VersionCheck versions = new(context);
    private readonly InactiveRecords inactive = new(context);

    /// <summary>Gives every write a result.</summary>
    /// <exception cref="ConnectorException">A failure that stops the run, such as refused credentials.</exception>
    public Task WriteAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var size = context.Options.UpdateBatchSize;
        var hasChangeSets = writes.Any(write => StateRules.NeedsSecondWrite(write.Operation));
        var chunks = writes.Chunk(hasChangeSets ? Math.Min(size, MaxChangeSets) : size);
        return Task.WhenAll(chunks.Select(chunk => WriteChunkAsync(chunk, cancellationToken)));
    }

    private async Task WriteChunkAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var open = await versions.CompareAsync(writes, cancellationToken).ConfigureAwait(false);
        for (var round = 1; open.Count > 0; round++)
        {
            var (again, pause) = await SendAsync(context.Timely.Of(open), cancellationToken).ConfigureAwait(false);
            open = again;
            if (open.Count == 0 || round == MaxRounds || pause > BatchSender.LongestPause)
            {
                return;
            }

            await Task.Delay(pause ?? context.Options.RetryDelay * round, context.TimeProvider, cancellationToken)
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

        var parts = writes.Select(PartOf).ToList();
        using var outcome = await context.Batches
            .AttemptAsync(parts, context.Operation, isRepeatable: false, cancellationToken, context.Timely.DeadlineOf(writes))
            .ConfigureAwait(false);
        if (outcome is { IsTooLate: true, FollowsUnknown: false })
        {
            return await SendAsync(context.Timely.Of(writes), cancellationToken).ConfigureAwait(false);
        }

        if (outcome.Responses is not null)
        {
            return await ApplyAsync(writes, outcome, cancellationToken).ConfigureAwait(false);
        }

        if (outcome.Fate == RequestFate.Unknown || outcome.FollowsUnknown)
        {
            ConnectorLog.ResponseLost(context.Logger, context.Service.Name, writes.Count, context.Table.Name);
            return (await uncertain.DecideAsync(writes, cancellationToken).ConfigureAwait(false), null);
        }

        if (outcome.Failure is { StatusCode: 413 } && writes.Count > 1)
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
        IReadOnlyList<PendingWrite> writes, BatchOutcome outcome, CancellationToken cancellationToken)
    {
        TimeSpan? pause = null;
        var followUps = new List<(PendingWrite Write, PartFollowUp FollowUp)>(writes.Count);
        for (var index = 0; index < writes.Count; index++)
        {
            var (write, response) = (writes[index], outcome.Responses![index]);
            write.MayHaveRun |= outcome.FollowsUnknown;
            followUps.Add((write, PartResults.Apply(write, response)));
            pause = RetryAfter.Parse(response.Header("Retry-After"), context.TimeProvider.GetUtcNow()) ?? pause;
        }

        var undone = await uncertain.DecideAsync([.. With(PartFollowUp.Decide)], cancellationToken).ConfigureAwait(false);
        await uncertain.CorrectAsync([.. With(PartFollowUp.ReadBack)], cancellationToken).ConfigureAwait(false);
        await inactive.WriteAsync([.. With(PartFollowUp.Reactivate)], cancellationToken).ConfigureAwait(false);
        return ([.. With(PartFollowUp.Repeat), .. undone], pause);

        IEnumerable<PendingWrite> With(PartFollowUp followUp) =>
            followUps.Where(item => item.FollowUp == followUp).Select(item => item.Write);
    }

    private BatchRequest PartOf(PendingWrite write) => write.Kind switch
    {
        WriteKind.Insert when StateRules.NeedsSecondWrite(write.Operation) => Creation(write) with
        {
            ChangeSet = [Creation(write), StateOf(write)],
        },
        WriteKind.Insert => Creation(write),
        _ => new BatchRequest
        {
            Method = write.Kind == WriteKind.Update ? HttpMethod.Patch : HttpMethod.Delete,
            Address = context.AddressOf(write.Id),
            Headers = [Condition(write), .. context.Headers],
            Body = context.Payloads.BodyOf(write),
        },
    };

    private BatchRequest Creation(PendingWrite write) => new()
    {
        Method = HttpMethod.Post,
        Address = context.Service.Addresses.Absolute(context.Table.EntitySetName + context.Query),
        Headers = context.Headers,
        Body = context.Payloads.BodyOf(write),
    };

    // Records are created active, whatever the payload says. The state is set in the same transaction, so that no record
    // is left in a state that nobody gave it.
    private BatchRequest StateOf(PendingWrite write) => new()
    {
        Method = HttpMethod.Patch,
        Address = context.AddressOf(write.Id),
        Headers = [new("If-Match", "*"), .. context.Headers],
        Body = PayloadBuilder.StateBody(write.Operation.Fields.Where(StateRules.IsState)),
    };

    // An update without a condition would create a record that somebody deleted in the meantime.
    private KeyValuePair<string, string> Condition(PendingWrite write) =>
        new("If-Match", context.Table.ChecksVersions ? write.Operation.ExpectedVersion ?? "*" : "*");
}
