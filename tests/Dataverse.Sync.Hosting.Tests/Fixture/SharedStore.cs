using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Hosting.Tests;

/// <summary>A store on a server: it has a clock of its own, and a test can make it unreachable.</summary>
internal sealed class SharedStore : ICouplingStore, IScopeRegister, IJobQueueStore
{
    private readonly InMemoryCouplingStore inner;
    private int stored;

    public SharedStore(DateTimeOffset start) => inner = new(Clock = new FakeTimeProvider(start));

    /// <summary>The clock of the server.</summary>
    public FakeTimeProvider Clock { get; }

    public bool IsUnreachable { get; set; }

    /// <summary>The state in which no entry can be stored, except the first; null if all can be.</summary>
    public JobQueueEntryState? RefusedAfterFirst { get; set; }

    private InMemoryCouplingStore Inner => IsUnreachable
        ? throw new CouplingStoreException(CouplingStoreFailure.Unavailable, "The server cannot be reached.")
        : inner;

    public ValueTask<IReadOnlyList<Coupling>> FindAsync(
        MappingKey key, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Inner.FindAsync(key, side, ids, cancellationToken);

    public IAsyncEnumerable<Coupling> ListAsync(MappingKey key, CancellationToken cancellationToken) =>
        Inner.ListAsync(key, cancellationToken);

    public ValueTask<long> CountAsync(MappingKey key, CancellationToken cancellationToken) => Inner.CountAsync(key, cancellationToken);

    public ValueTask<MappingState> ReadStateAsync(MappingKey key, CancellationToken cancellationToken) =>
        Inner.ReadStateAsync(key, cancellationToken);

    public ValueTask<IReadOnlyList<Intent>> ListIntentsAsync(MappingKey key, CancellationToken cancellationToken) =>
        Inner.ListIntentsAsync(key, cancellationToken);

    public IAsyncEnumerable<RecordFailure> ListFailuresAsync(MappingKey key, CancellationToken cancellationToken) =>
        Inner.ListFailuresAsync(key, cancellationToken);

    public IAsyncEnumerable<RecordConflict> ListConflictsAsync(
        MappingKey key, bool includeResolved, CancellationToken cancellationToken) =>
        Inner.ListConflictsAsync(key, includeResolved, cancellationToken);

    public ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken) => Inner.CommitAsync(commit, cancellationToken);

    public ValueTask<MappingLease?> TryAcquireLeaseAsync(
        MappingKey key, string owner, TimeSpan duration, CancellationToken cancellationToken) =>
        Inner.TryAcquireLeaseAsync(key, owner, duration, cancellationToken);

    public ValueTask<MappingLease?> TryRenewLeaseAsync(
        MappingLease lease, TimeSpan duration, CancellationToken cancellationToken) =>
        Inner.TryRenewLeaseAsync(lease, duration, cancellationToken);

    public ValueTask ReleaseLeaseAsync(MappingLease lease, CancellationToken cancellationToken) =>
        Inner.ReleaseLeaseAsync(lease, cancellationToken);

    public ValueTask<ScopeRegister> ReadScopesAsync(CancellationToken cancellationToken) => Inner.ReadScopesAsync(cancellationToken);

    public ValueTask<bool> TrySaveScopeAsync(RegisteredScope scope, long revision, CancellationToken cancellationToken) =>
        Inner.TrySaveScopeAsync(scope, revision, cancellationToken);

    public ValueTask<IReadOnlyList<StoredJobQueueEntry>> ReadEntriesAsync(string scope, CancellationToken cancellationToken) =>
        Inner.ReadEntriesAsync(scope, cancellationToken);

    public ValueTask<bool> TrySaveEntryAsync(string scope, StoredJobQueueEntry entry, CancellationToken cancellationToken)
    {
        if (entry.State == RefusedAfterFirst && Interlocked.Increment(ref stored) > 1)
        {
            throw new CouplingStoreException(CouplingStoreFailure.Unavailable, "The server cannot be reached.");
        }

        return Inner.TrySaveEntryAsync(scope, entry, cancellationToken);
    }

    public ValueTask<DateTimeOffset?> ReadTimeAsync(CancellationToken cancellationToken) =>
        new(Inner is null ? null : Clock.GetUtcNow());
}
