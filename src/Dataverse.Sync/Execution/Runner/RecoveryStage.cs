namespace Dataverse.Sync.Execution;

/// <summary>
/// Recovers the journal, then processes the records again whose partners were adopted. They were held while their
/// inserts were uncertain, and edits of that time are behind the checkpoint.
/// </summary>
internal sealed class RecoveryStage(
    RunSettings settings, JournalRecovery recovery, NamedRecordReader reader)
{
    public async Task RunAsync(MappingState state, CancellationToken cancellationToken)
    {
        var adopted = await recovery.RunAsync(state, cancellationToken).ConfigureAwait(false);
        if (settings.OnlyMatches)
        {
            // Matching synchronizes nothing. The stored failures of the records remain, so that a later run does.
            return;
        }

        foreach (var group in adopted.GroupBy(record => record.Side, record => record.Id))
        {
            await ProcessAsync(group.Key, [.. group], cancellationToken).ConfigureAwait(false);
        }
    }

    // A source may be gone: its deletion may have been reported before it was coupled, when it concerned no pair.
    private async Task ProcessAsync(SyncSide side, List<Guid> ids, CancellationToken cancellationToken) =>
        _ = await reader.ProcessAsync(side, ids, mayBeGone: true, cancellationToken).ConfigureAwait(false);
}
