namespace Dataverse.Sync.Hosting;

/// <summary>An entry that this job queue has taken to run it.</summary>
/// <param name="States">The entries of its scope.</param>
/// <param name="Entry">The entry as it was taken.</param>
/// <param name="Settings">How the entry runs.</param>
internal sealed record ClaimedEntry(EntryStates States, StoredJobQueueEntry Entry, EntrySettings Settings)
{
    /// <summary>Whether the entry, as it is stored now, still belongs to the run for which it was taken.</summary>
    public bool Owns(StoredJobQueueEntry? stored) =>
        stored is { State: JobQueueEntryState.InProcess } && stored.Owner == Entry.Owner;
}
