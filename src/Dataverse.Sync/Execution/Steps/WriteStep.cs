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

        var results = await run.WriteAsync(target, writing.ConvertAll(work => work.OperationOn(target)!), cancellationToken).ConfigureAwait(false);
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
