namespace Dataverse.Sync.Execution;

/// <summary>The open conflicts of a mapping; a pair has at most one.</summary>
internal sealed class ConflictLedger
{
    private readonly Dictionary<Guid, RecordConflict> open = [];

    public static async Task<ConflictLedger> LoadAsync(ICouplingStore store, MappingKey key, CancellationToken cancellationToken)
    {
        var ledger = new ConflictLedger();
        await foreach (var conflict in store.ListConflictsAsync(key, includeResolved: false, cancellationToken).ConfigureAwait(false))
        {
            ledger.open[conflict.LocalId] = conflict;
        }

        return ledger;
    }

    /// <summary>The open conflict of the pair of a local record; null when it has none.</summary>
    public RecordConflict? OpenOf(Guid localId) => open.GetValueOrDefault(localId);

    /// <summary>Takes a conflict into account that is stored, or about to be.</summary>
    public void Note(RecordConflict conflict)
    {
        if (conflict.Resolution == ConflictResolution.Open)
        {
            open[conflict.LocalId] = conflict;
        }
        else if (OpenOf(conflict.LocalId)?.Id == conflict.Id)
        {
            _ = open.Remove(conflict.LocalId);
        }
    }
}
