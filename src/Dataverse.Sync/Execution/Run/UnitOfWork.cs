namespace Dataverse.Sync.Execution;

/// <summary>
/// Collects everything that one commit stores. A run stores couplings, failures, intents, and conflicts in no other
/// way.
/// </summary>
/// <remarks>Not safe for concurrent use. Created by <see cref="Commits"/>.</remarks>
internal sealed class UnitOfWork(
    Commits commits,
    RunSettings settings,
    FailureLedger failures,
    FailureFactory factory,
    JobRecorder job,
    PairCounter counter)
{
    private readonly List<Coupling> couplings = [];
    private readonly List<Guid> uncoupledLocalIds = [];
    private readonly List<Intent> intents = [];
    private readonly List<Guid> removedIntents = [];
    private readonly List<RecordFailure> failed = [];
    private readonly List<RecordKey> cleared = [];
    private readonly List<RecordConflict> conflicts = [];
    private readonly List<AnnouncedDeletion> announced = [];
    private readonly List<AnnouncedDeletion> withdrawn = [];

    /// <summary>The couplings added so far.</summary>
    public IReadOnlyList<Coupling> Couplings => couplings;

    private bool IsEmpty => couplings.Count + uncoupledLocalIds.Count + intents.Count + removedIntents.Count
        + failed.Count + cleared.Count + conflicts.Count + announced.Count + withdrawn.Count == 0;

    /// <summary>Adds a coupling. It replaces one added earlier for the same local record.</summary>
    public void Couple(Coupling coupling) => couplings.Add(coupling);

    /// <summary>Removes the coupling of a local record.</summary>
    public void Uncouple(Guid localId) => uncoupledLocalIds.Add(localId);

    /// <summary>Adds the failure of a record, and its error to the job.</summary>
    public void Fail(RecordKey record, RecordError error)
    {
        job.AddError(record, error.Error);
        failed.Add(factory.Create(record, error));
        if (settings.IsInCircle(error.Awaited))
        {
            job.KeepErrorsBack(record);
        }
    }

    /// <summary>Adds a record that was synchronized except for a reference that waits for a coupling.</summary>
    public void Await(RecordKey record, RecordError waiting) => failed.Add(factory.Create(record, waiting));

    /// <summary>Adds a record whose pair is uncoupled, so that no later run creates its partner again by itself.</summary>
    public void Remember(Coupling coupling, SyncSide side, SyncError reason, ulong version)
    {
        _ = cleared.Remove(new(side, coupling.IdOf(side)));
        failed.Add(UncoupledPairs.Remember(coupling, side, reason, version, settings.Now, job.JobId));
    }

    /// <summary>Keeps what is remembered about an uncoupled record, with the version that was just seen.</summary>
    public void RememberStill(RecordKey record, string? version)
    {
        if (failures.Of(record) is { } known && known.Version != Fingerprint.OfVersion(version))
        {
            failed.Add(known with { Version = Fingerprint.OfVersion(version) });
        }
    }

    /// <summary>Adds the reason for skipping a record to the job.</summary>
    public void Skip(RecordKey record, SyncError reason) => job.AddError(record, reason);

    /// <summary>
    /// Keeps the errors of a record out of the job log until the end of the run, because it may be tried again.
    /// </summary>
    public void KeepErrorsBack(RecordKey record) => job.KeepErrorsBack(record);

    /// <summary>Removes the failure of a record, if it has one.</summary>
    public void Clear(RecordKey record)
    {
        if (failures.Of(record) is not null)
        {
            cleared.Add(record);
        }
    }

    /// <summary>
    /// Removes the failure of a record that does not take part in the run. What is remembered of an uncoupled pair remains.
    /// </summary>
    public void ClearSkipped(RecordKey record)
    {
        if (!UncoupledPairs.IsMemory(failures.Of(record)))
        {
            Clear(record);
        }
    }

    /// <summary>Removes the failures of both records of a pair.</summary>
    public void Clear(Coupling coupling)
    {
        foreach (var side in Sides.Both)
        {
            Clear(new RecordKey(side, coupling.IdOf(side)));
        }
    }

    /// <summary>Adds an entry to the journal, to be stored before its write is sent.</summary>
    /// <param name="operation">The write.</param>
    /// <param name="target">The side to which the write is sent.</param>
    /// <param name="sourceId">The record from which the write comes.</param>
    /// <param name="sendBefore">The time by which the write must leave.</param>
    /// <param name="outcome">The base after the write is applied, or null for a deletion.</param>
    /// <param name="businessKey">The business key of an inserted record, or null if it was given none.</param>
    public Intent Journal(
        WriteOperation operation,
        SyncSide target,
        Guid sourceId,
        DateTimeOffset sendBefore,
        SynchronizedBase? outcome = null,
        string? businessKey = null)
    {
        var intent = new Intent
        {
            Id = settings.NewId(),
            Target = target,
            Kind = operation.Kind,
            TargetId = operation.Id,
            SourceId = sourceId,
            JournaledOn = settings.Now,
            SendBefore = sendBefore,
            Outcome = outcome,
            BusinessKey = businessKey,
        };
        return Journal(intent);
    }

    /// <summary>Adds an existing entry to the journal again. It keeps its position.</summary>
    public Intent Journal(Intent intent)
    {
        intents.Add(intent);
        return intent;
    }

    /// <summary>Removes an entry from the journal, because the outcome of its write is known.</summary>
    public void Complete(Intent intent) => removedIntents.Add(intent.Id);

    /// <summary>Whether an entry of the journal is removed.</summary>
    public bool IsCompleted(Intent intent) => removedIntents.Contains(intent.Id);

    /// <summary>
    /// Keeps the entry of a write that was applied, because a rule failed when it was told about the write.
    /// </summary>
    /// <param name="intent">The entry.</param>
    /// <param name="targetId">The id of the record that was written.</param>
    public void JournalAgain(Intent intent, Guid targetId)
    {
        Complete(intent);
        intents.Add(intent with { Id = settings.NewId(), TargetId = targetId, Outcome = null });
    }

    /// <summary>Announces the deletion of a record that its system deletes because the engine deletes another one.</summary>
    public void Announce(AnnouncedDeletion deletion) => announced.Add(deletion);

    /// <summary>Removes an announcement: the record is gone, or is not deleted after all.</summary>
    public void Withdraw(AnnouncedDeletion deletion) => withdrawn.Add(deletion);

    /// <summary>Adds conflicts.</summary>
    public void Record(IEnumerable<RecordConflict> recorded) => conflicts.AddRange(recorded);

    /// <summary>Counts a pair.</summary>
    public void Count(Coupling coupling, PlanOutcome outcome) => counter.Count(coupling, outcome);

    /// <summary>Counts a pair under an outcome that replaces every earlier one.</summary>
    public void Recount(Coupling coupling, PlanOutcome outcome) => counter.Recount(coupling, outcome);

    /// <summary>Counts a record without a partner.</summary>
    public void Count(RecordKey record, PlanOutcome outcome) => counter.Count(record, outcome);

    /// <summary>
    /// Stores everything in one transaction under the lease. Does nothing if there is nothing to store.
    /// </summary>
    /// <exception cref="LeaseLostException">Another engine has taken over the mapping.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (!IsEmpty)
        {
            await commits.CommitAsync(ToCommit, cancellationToken).ConfigureAwait(false);
        }

        await job.FlushErrorsAsync(cancellationToken).ConfigureAwait(false);
    }

    private StoreCommit ToCommit(MappingLease lease) => new()
    {
        Lease = lease,
        Couplings = couplings,
        UncoupledLocalIds = uncoupledLocalIds,
        Intents = intents,
        RemovedIntents = removedIntents,
        Failures = failed,
        ClearedFailures = cleared,
        Conflicts = conflicts,
        AnnouncedDeletions = announced,
        WithdrawnDeletions = withdrawn,
    };
}
