namespace Dataverse.Sync.Execution;

/// <summary>Begins units of work, and stores them under the lease of the run.</summary>
internal sealed class Commits(
    RunSettings settings,
    ICouplingStore store,
    LeaseKeeper lease,
    JobRecorder job,
    FailureLedger failures,
    ConflictLedger conflicts,
    PairCounter counter)
{
    private readonly FailureFactory factory = new(settings, failures, job.JobId);

    public UnitOfWork Begin() => new(this, settings, failures, factory, job, counter);

    /// <summary>Ensures that the lease covers a write, and returns the time by which its requests must leave.</summary>
    /// <exception cref="LeaseLostException">Another engine has taken over the mapping.</exception>
    public Task<DateTimeOffset> CoverWriteAsync(CancellationToken cancellationToken) =>
        lease.CoverWriteAsync(cancellationToken);

    /// <summary>Stores the state of the mapping.</summary>
    public Task MoveToAsync(MappingState state, CancellationToken cancellationToken) =>
        CommitAsync(held => new StoreCommit { Lease = held, State = state }, cancellationToken);

    /// <summary>Stores a commit and updates the ledgers.</summary>
    public async Task CommitAsync(Func<MappingLease, StoreCommit> create, CancellationToken cancellationToken)
    {
        var commit = create(lease.Current);
        await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
        failures.Apply(commit);
        foreach (var conflict in commit.Conflicts)
        {
            conflicts.Note(conflict);
        }
    }
}
