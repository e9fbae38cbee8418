namespace Dataverse.Sync.Execution;

/// <summary>Step 6: sends the writes of a page to each side and collects the results.</summary>
internal sealed class WriteStep(
    MappingTables tables,
    RuleRunner rules,
    RejectedReferences rejected,
    DoubtfulRecords doubts,
    Commits commits,
    JobRecorder job)
{
    public async Task<List<WrittenPair>> WriteAsync(IReadOnlyList<PairWrite> page, CancellationToken cancellationToken)
    {
        var written = page.Select(write => new WrittenPair(write, default)).ToList();
        foreach (var target in Sides.Both)
        {
            await WriteAsync(target, page, written, cancellationToken).ConfigureAwait(false);
        }

        await rejected.ExplainAsync(written, cancellationToken).ConfigureAwait(false);
        return written;
    }

    private async Task WriteAsync(
        SyncSide target,
        IReadOnlyList<PairWrite> page,
        List<WrittenPair> written,
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
            written[index] = written[index] with { Results = written[index].Results.With(target, answers[number]) };
            if (answers[number].Status == WriteStatus.Applied)
            {
                doubts.TakeWritten(new(target, answers[number].Id));

                // A rule may have replaced a text that was cut.
                CountCutTexts(page[index].Plan, operations[number]);
                written[index] = await TellRulesAsync(written[index], target, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void CountCutTexts(PairPlan plan, WriteOperation operation)
    {
        if (plan.CutTexts.Count > 0)
        {
            job.CountCutTexts(operation.Fields.Count(plan.CutTexts.Contains));
        }
    }

    private async ValueTask<WrittenPair> TellRulesAsync(
        WrittenPair written, SyncSide target, CancellationToken cancellationToken)
    {
        var (operation, result) = (written.Write.Operations[target]!, written.Results[target]!);
        var source = written.Pair.On(target.Opposite());
        var error = await rules.AfterWriteAsync(target, operation, result, source, cancellationToken)
            .ConfigureAwait(false);
        if (error is null)
        {
            return written;
        }

        var history = written.Pair.History;
        var complaint = new RuleComplaint(written.Write.Intents[target]!, result.Id, error);
        var pair = written.Pair with { History = history with { Complaints = [.. history.Complaints, complaint] } };
        return written with { Write = written.Write with { Pair = pair } };
    }
}
