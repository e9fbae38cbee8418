namespace Dataverse.Sync.Execution;

/// <summary>Step 6: sends the page's writes to each side and takes the answers down.</summary>
internal sealed class WriteStep(MappingRunContext run, RuleRunner rules)
{
    public async Task WriteAsync(IReadOnlyList<PairWork> works, CancellationToken cancellationToken)
    {
        foreach (var target in Sides.Both)
        {
            await WriteAsync(target, works, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(SyncSide target, IReadOnlyList<PairWork> works, CancellationToken cancellationToken)
    {
        var writing = works.Where(work => work.OperationOn(target) is not null).ToList();
        if (writing.Count == 0)
        {
            return;
        }

        var batch = new WriteBatch(run.Mapping.Schema(target).Name, [.. writing.Select(work => work.OperationOn(target)!)]);
        var results = await run.On(target).WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        if (results.Count != writing.Count)
        {
            throw new ConnectorException(run.On(target).Name, ConnectorFailure.MalformedAnswer, $"{run.On(target).Name} answered {results.Count} of {writing.Count} writes.");
        }

        for (var index = 0; index < writing.Count; index++)
        {
            writing[index].SetResult(target, results[index]);
            if (results[index].Status == WriteStatus.Applied)
            {
                await rules.AfterWriteAsync(writing[index], target, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
