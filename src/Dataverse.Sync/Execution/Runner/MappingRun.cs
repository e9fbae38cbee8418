namespace Dataverse.Sync.Execution;

/// <summary>One run of one mapping, from the recovery of the journal to the new checkpoint.</summary>
internal sealed class MappingRun(
    RunSettings settings,
    MappingTables tables,
    MappingCouplings couplings,
    RecoveryStage recovery,
    WantedStage wanted,
    RetryStage retries,
    NamedRecordReader reader,
    UnknownRecords unknown,
    RecordSteps steps,
    SuspectedDeletions suspects,
    DeletionScan scan,
    KeyScanStage keyScans,
    DoubtfulRecords doubts,
    DoubtStage doubtful,
    MergeStage merges,
    ReferenceStage references,
    BlankingStage blanking,
    AnnouncedDeletions announced,
    DeletionStage deletions,
    Commits commits,
    DeliveredKeys delivered,
    MappingFindings? findings,
    JobRecorder job)
{
    /// <summary>Synchronizes the modified records, or all records.</summary>
    /// <returns>Why the run stopped early, or null if it did not.</returns>
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        var state = await RecoverAsync(cancellationToken).ConfigureAwait(false);
        if (settings.Kind == SyncJobKind.Modified)
        {
            job.Report(SyncStage.Retrying);
            await retries.RunAsync(cancellationToken).ConfigureAwait(false);
        }

        await wanted.RunAsync(cancellationToken).ConfigureAwait(false);
        var hadCouplings = await couplings.AnyAsync(cancellationToken).ConfigureAwait(false);
        var next = state;
        foreach (var side in SidesToRead())
        {
            next = await ReadSideAsync(side, next, cancellationToken).ConfigureAwait(false);
        }

        if (settings.OnlyMatches)
        {
            return null;
        }

        next = await keyScans.RunAsync(next, hadCouplings, cancellationToken).ConfigureAwait(false);
        await doubtful.RunAsync(cancellationToken).ConfigureAwait(false);
        await merges.RunAsync(cancellationToken).ConfigureAwait(false);
        _ = await references.RunAsync(named: null, cancellationToken).ConfigureAwait(false);
        if (await blanking.RunAsync(cancellationToken).ConfigureAwait(false) is { } tooMany)
        {
            return tooMany;
        }

        var stopped = await DeleteAsync(cancellationToken).ConfigureAwait(false);
        if (stopped is null && next != state)
        {
            await commits.MoveToAsync(next, cancellationToken).ConfigureAwait(false);
        }

        return stopped;
    }

    /// <summary>Synchronizes named records of one side.</summary>
    /// <returns>Why the run stopped early, or null if it did not.</returns>
    public async Task<string?> RunAsync(NamedRecords records, CancellationToken cancellationToken)
    {
        _ = await RecoverAsync(cancellationToken).ConfigureAwait(false);
        var found = await reader.ProcessAsync(records.Side, records.Ids, mayBeGone: true, cancellationToken)
            .ConfigureAwait(false);
        if (records.Ids.Except(found.Present).ToList() is { Count: > 0 } missing)
        {
            await unknown.ReportAsync(records.Side, missing, cancellationToken).ConfigureAwait(false);
        }

        await merges.RunAsync(cancellationToken).ConfigureAwait(false);
        _ = await references.RunAsync(records, cancellationToken).ConfigureAwait(false);
        foreach (var id in settings.DeletionDecision is null ? [] : found.Present)
        {
            job.AddError(new(records.Side, id), PartnerErrors.NotDeleted(records.Side));
        }

        if (await blanking.RunAsync(cancellationToken).ConfigureAwait(false) is { } tooMany)
        {
            return tooMany;
        }

        return await DeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tries the records again that waited for records of other mappings, after those were run.</summary>
    /// <returns>Whether a record was tried, and why the run stopped early, or null if it did not.</returns>
    public async Task<(bool HasTried, string? Stopped)> ContinueAsync(CancellationToken cancellationToken)
    {
        _ = await RecoverAsync(cancellationToken).ConfigureAwait(false);
        return await references.RunAsync(named: null, cancellationToken).ConfigureAwait(false)
            ? (true, await blanking.RunAsync(cancellationToken).ConfigureAwait(false))
            : (false, null);
    }

    private async Task<string?> DeleteAsync(CancellationToken cancellationToken)
    {
        job.Report(SyncStage.Deletions);
        using var activity = SyncDiagnostics.StartStep("deletions");

        // A run of another mapping may have announced deletions meanwhile, of which this run has seen the consequences.
        announced.Take(await couplings.ReadStateAsync(cancellationToken).ConfigureAwait(false));
        return await deletions.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<MappingState> RecoverAsync(CancellationToken cancellationToken)
    {
        var state = await couplings.ReadStateAsync(cancellationToken).ConfigureAwait(false);
        announced.Take(state);
        job.Report(SyncStage.Recovery);
        await recovery.RunAsync(state, cancellationToken).ConfigureAwait(false);
        return state;
    }

    private async Task<MappingState> ReadSideAsync(
        SyncSide side, MappingState state, CancellationToken cancellationToken)
    {
        // A record that the other pass of this run created may be deleted before this side is read for the first time.
        var hasCouplings = await couplings.AnyAsync(cancellationToken).ConfigureAwait(false);
        var stage = side == SyncSide.Local ? SyncStage.LocalChanges : SyncStage.IntegrationChanges;
        job.Report(stage);
        var since = settings.Kind == SyncJobKind.Modified ? state.CheckpointOf(side) : null;
        var feed = new ChangeFeed(tables, side, since);
        await foreach (var page in feed.ReadAsync(hasCouplings, cancellationToken).ConfigureAwait(false))
        {
            job.CountRead(page.Records.Count);
            findings?.TakePage(side, page.Records);
            await steps.ProcessAsync(side, page.Records, areNamed: false, cancellationToken).ConfigureAwait(false);
            delivered.Take(side, page);
            doubts.Take(side, page);
            foreach (var id in page.Deleted)
            {
                suspects.Add(side, id, isReported: true);
            }

            job.Report(stage);
        }

        if (feed.SeenIds is { } seen)
        {
            await scan.SuspectMissingAsync(side, seen, cancellationToken).ConfigureAwait(false);
        }

        return state.WithCheckpoint(side, feed.Checkpoint);
    }

    // Match-based coupling goes from the local side, as in Business Central.
    private IEnumerable<SyncSide> SidesToRead() =>
        settings.OnlyMatches ? [SyncSide.Local] : Sides.Both.Where(settings.Mapping.Reads);
}
