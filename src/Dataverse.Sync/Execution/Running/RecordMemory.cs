namespace Dataverse.Sync.Execution;

/// <summary>What earlier runs left to remember: failures, open conflicts, and journal entries of writes whose ids are reserved.</summary>
internal sealed class RecordMemory
{
    private readonly Dictionary<RecordKey, RecordFailure> failures = [];
    private readonly Dictionary<Guid, RecordConflict> openConflicts = [];
    private readonly Dictionary<RecordKey, Intent> reserved = [];
    private readonly HashSet<RecordKey> held = [];
    private readonly Dictionary<RecordKey, ulong> decided = [];

    public IReadOnlyCollection<RecordFailure> Failures => failures.Values;

    public static async Task<RecordMemory> LoadAsync(ICouplingStore store, MappingKey key, CancellationToken cancellationToken)
    {
        var memory = new RecordMemory();
        await foreach (var failure in store.ListFailuresAsync(key, cancellationToken).ConfigureAwait(false))
        {
            memory.failures[failure.Record] = failure;
        }

        await foreach (var conflict in store.ListConflictsAsync(key, includeResolved: false, cancellationToken).ConfigureAwait(false))
        {
            memory.openConflicts[conflict.LocalId] = conflict;
        }

        return memory;
    }

    public RecordFailure? FailureOf(RecordKey record) => failures.GetValueOrDefault(record);

    public RecordConflict? OpenConflictOf(Guid localId) => openConflicts.GetValueOrDefault(localId);

    /// <summary>The journal entry of an insert that an earlier run may have sent for a record; its id is used again, so that no second record can appear.</summary>
    public Intent? ReservedFor(RecordKey source) => reserved.GetValueOrDefault(source);

    public void Reserve(RecordKey source, Intent intent) => reserved[source] = intent;

    public void Release(RecordKey source) => reserved.Remove(source);

    /// <summary>Keeps a record out of the rest of the run: the fate of its earlier write is uncertain, or its partner is suspected to be deleted.</summary>
    public void Hold(RecordKey source) => held.Add(source);

    public bool IsHeld(RecordKey source) => held.Contains(source);

    /// <summary>Notes that this run decided about a record, together with its partner, in the state of a version.</summary>
    public void NoteDecided(RecordKey record, string? version) => decided[record] = Fingerprint.OfVersion(version);

    public bool IsDecided(RecordKey record) => decided.ContainsKey(record);

    public bool IsDecided(RecordKey record, string? version) =>
        version is not null && decided.TryGetValue(record, out var seen) && seen == Fingerprint.OfVersion(version);

    public void Apply(StoreCommit commit)
    {
        foreach (var failure in commit.Failures)
        {
            failures[failure.Record] = failure;
        }

        foreach (var record in commit.ClearedFailures)
        {
            _ = failures.Remove(record);
        }

        foreach (var conflict in commit.Conflicts)
        {
            Note(conflict);
        }
    }

    /// <summary>Takes a conflict into account that a draft is about to store, for what is decided about its pair before that.</summary>
    public void Note(RecordConflict conflict)
    {
        if (conflict.Resolution == ConflictResolution.Open)
        {
            openConflicts[conflict.LocalId] = conflict;
        }
        else if (OpenConflictOf(conflict.LocalId)?.Id == conflict.Id)
        {
            _ = openConflicts.Remove(conflict.LocalId);
        }
    }
}
