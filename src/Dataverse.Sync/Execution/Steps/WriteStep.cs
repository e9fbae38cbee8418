namespace Dataverse.Sync.Execution;

/// <summary>Step 6: sends the writes of a page to each side and collects the results.</summary>
internal sealed class WriteStep(MappingTables tables, RuleRunner rules, Commits commits)
{
    public async Task<List<WrittenPair>> WriteAsync(IReadOnlyList<PairWrite> page, CancellationToken cancellationToken)
    {
        var results = new Sides<WriteResult?>[page.Count];
        foreach (var target in Sides.Both)
        {
            await WriteAsync(target, page, results, cancellationToken).ConfigureAwait(false);
        }

        return [.. page.Select((write, index) => new WrittenPair(write, results[index]))];
    }

    private async Task WriteAsync(
        SyncSide target,
        IReadOnlyList<PairWrite> page,
        Sides<WriteResult?>[] results,
        CancellationToken cancellationToken)
    {
        var writing = Enumerable.Range(0, page.Count).Where(index => page[index].Operations[target] is not null)
            .ToList();
        if (writing.Count == 0)
        {
            return;
        }

        var operations = writing.ConvertAll(index => page[index].Operations[target]!);
        var sendBefore = writing.Min(index => page[index].Intents[target]!.SendBefore);

        // The process may have been suspended since the journal was stored.
        _ = await commits.CoverWriteAsync(cancellationToken).ConfigureAwait(false);
        var answers = await tables.WriteAsync(target, operations, sendBefore, cancellationToken).ConfigureAwait(false);
        for (var number = 0; number < writing.Count; number++)
        {
            var index = writing[number];
            results[index] = results[index].With(target, answers[number]);
            if (answers[number].Status == WriteStatus.Applied)
            {
                await rules
                    .AfterWriteAsync(page[index].Pair, target, operations[number], answers[number], cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }
}
