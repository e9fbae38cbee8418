namespace Dataverse.Sync.Execution;

/// <summary>Runs the seven steps in order, with further rounds for pairs that change while they are written.</summary>
internal sealed class RecordSteps(
    EchoStep echo,
    MergeStep merging,
    SelectStep selection,
    Sides<PairStep> pairing,
    PlanStep planning,
    ClaimStep claiming,
    JournalStep journal,
    WriteStep writing,
    NextRound nextRound,
    CommitStep commit,
    BlankingGuard blanking,
    CreatedRecords created)
{
    // A page of a service may contain 20,000 records. Batches limit the memory for processing them; each still fills
    // several requests.
    private const int BatchSize = 2_000;

    private const int MaximumRounds = 4;

    /// <summary>Synchronizes records of one side.</summary>
    /// <param name="side">The side of the records.</param>
    /// <param name="records">The records.</param>
    /// <param name="areNamed">Whether the records were requested by id, so that none is dropped as unchanged.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public async Task ProcessAsync(
        SyncSide side, IReadOnlyList<TableRecord> records, bool areNamed, CancellationToken cancellationToken)
    {
        foreach (var batch in records.Chunk(BatchSize))
        {
            var candidates = await StepAsync(
                "echo", () => echo.TakeAsync(side, batch, areNamed, cancellationToken)).ConfigureAwait(false);
            if (echo.Confirmed.Count > 0)
            {
                await commit.ConfirmAsync(echo.Confirmed, cancellationToken).ConfigureAwait(false);
            }

            var remaining = await StepAsync(
                "merge", () => merging.TakeAsync(side, candidates, cancellationToken)).ConfigureAwait(false);
            var selected = await StepAsync(
                "select", () => selection.SelectAsync(remaining, cancellationToken)).ConfigureAwait(false);
            var paired = await StepAsync(
                "pair", () => pairing[side].PairAsync(selected.Kept, cancellationToken)).ConfigureAwait(false);
            List<Refusal> refused = [.. selected.Refused, .. paired.Refused];
            await SynchronizeAsync(paired.Kept, refused, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Creates the deleted partners of records again.</summary>
    public Task RestoreAsync(List<Pair> pairs, CancellationToken cancellationToken) =>
        SynchronizeAsync(pairs, [], cancellationToken);

    private static async Task<T> StepAsync<T>(string step, Func<Task<T>> run)
    {
        using var activity = SyncDiagnostics.StartStep(step);
        return await run().ConfigureAwait(false);
    }

    private async Task<List<WrittenPair>> WriteAsync(
        IReadOnlyList<PlannedPair> planned, CancellationToken cancellationToken)
    {
        var parts = new List<List<WrittenPair>>();
        foreach (var part in journal.Split(planned))
        {
            var journaled = await StepAsync(
                "journal", () => journal.JournalAsync(part, cancellationToken)).ConfigureAwait(false);
            parts.Add(await StepAsync(
                "write", () => writing.WriteAsync(journaled, cancellationToken)).ConfigureAwait(false));
        }

        return parts is [var only] ? only : [.. parts.SelectMany(part => part)];
    }

    private async Task SynchronizeAsync(List<Pair> pairs, List<Refusal> refused, CancellationToken cancellationToken)
    {
        List<WrittenPair> done = [];
        for (var round = 1; pairs.Count > 0; round++)
        {
            var present = pairs;
            var planned = await StepAsync("plan", () => planning.PlanAsync(present, cancellationToken)).ConfigureAwait(false);
            var (kept, aside) = blanking.Divide(planned);
            if (round > 1)
            {
                // What earlier rounds wrote and journaled of these pairs is stored.
                done.AddRange(aside.Select(item => WrittenPair.NotWritten(item.Pair, PairPlan.Fail(BlankingErrors.Held))));
            }

            var claimed = await StepAsync("claim", () => claiming.ClaimAsync(kept, cancellationToken)).ConfigureAwait(false);
            var written = await WriteAsync(claimed, cancellationToken).ConfigureAwait(false);
            if (round == MaximumRounds || !nextRound.IsNeeded(written))
            {
                done = done.Count == 0 ? written : [.. done, .. written];
                break;
            }

            pairs = await nextRound.PrepareAsync(written, done, cancellationToken).ConfigureAwait(false);
        }

        if (done.Count + refused.Count == 0)
        {
            return;
        }

        // The writes are applied. A cancellation at this point must not prevent storing their results.
        var stored = await StepAsync("commit", () => commit.CommitAsync(done, refused, CancellationToken.None))
            .ConfigureAwait(false);
        foreach (var side in Sides.Both)
        {
            await SynchronizeBackAsync(created.FindOn(side, done, stored), cancellationToken).ConfigureAwait(false);
        }
    }

    // What the system of a new record assigned is synchronized at once, so that a full run leaves nothing to do.
    private async Task SynchronizeBackAsync(
        List<(Candidate Created, TableRecord Source)> found, CancellationToken cancellationToken)
    {
        if (found.Count == 0)
        {
            return;
        }

        var sources = found.ToDictionary(item => item.Created, item => item.Source);
        var selected = await selection.SelectAsync([.. sources.Keys], cancellationToken).ConfigureAwait(false);
        var pairs = selected.Kept.ConvertAll(candidate => new Pair
        {
            Source = candidate.Source,
            Records = Sides.From<TableRecord?>(candidate.Source, candidate.Record, sources[candidate]),
            Coupling = candidate.Coupling,
            Base = candidate.Coupling!.Base,
        });
        await SynchronizeAsync(pairs, selected.Refused, cancellationToken).ConfigureAwait(false);
    }
}
