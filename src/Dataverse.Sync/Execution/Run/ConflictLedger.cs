namespace Dataverse.Sync.Execution;

/// <summary>The open conflicts of a mapping. A pair has at most one.</summary>
internal sealed class ConflictLedger
{
    private readonly Dictionary<Guid, RecordConflict> open = [];

    public static async Task<ConflictLedger> LoadAsync(
        ICouplingStore store, MappingKey key, CancellationToken cancellationToken)
    {
        var ledger = new ConflictLedger();
        var stored = store.ListConflictsAsync(key, includeResolved: false, cancellationToken);
        await foreach (var conflict in stored.ConfigureAwait(false))
        {
            ledger.open[conflict.LocalId] = conflict;
        }

        return ledger;
    }

    /// <summary>Returns the open conflict of the pair of a local record, or null if it has none.</summary>
    public RecordConflict? OpenOf(Guid localId) => open.GetValueOrDefault(localId);

    /// <summary>Adds a conflict that is stored or about to be stored.</summary>
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
