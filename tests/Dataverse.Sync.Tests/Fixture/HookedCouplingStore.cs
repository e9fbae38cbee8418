namespace Dataverse.Sync.Tests.Fixture;

/// <summary>
/// A coupling store whose calls a test counts and interferes with: a hook that throws is a crash or a cancellation at that call.
/// </summary>
internal sealed class HookedCouplingStore(ICouplingStore inner) : ICouplingStore, IOverrideStore
{
    private int calls;

    public int Calls => calls;

    /// <summary>Runs before a call does its work, with the number of the call from 1 and what it commits; throwing prevents it.</summary>
    public Action<int, StoreCommit?>? Before { get; set; }

    /// <summary>Runs after a call did its work; throwing loses the answer.</summary>
    public Action<int, StoreCommit?>? After { get; set; }

    /// <summary>Runs when a lease is returned; throwing leaves it to expire.</summary>
    public Action? OnRelease { get; set; }

    public List<StoreCommit> Commits { get; } = [];

    /// <summary>The lease that was taken last.</summary>
    public MappingLease? Lease { get; private set; }

    /// <summary>Runs before overrides are read or written; throwing prevents it.</summary>
    public Action? OnOverrides { get; set; }

    public void Clear()
    {
        (Before, After, calls) = (null, null, 0);
        Commits.Clear();
    }

    public ValueTask<IReadOnlyList<Coupling>> FindAsync(
        MappingKey key,
        SyncSide side,
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellationToken) =>
        CallAsync(() => inner.FindAsync(key, side, ids, cancellationToken), null, cancellationToken);

    public async IAsyncEnumerable<Coupling> ListAsync(
        MappingKey key,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Enter(null, cancellationToken);
        await foreach (var coupling in inner.ListAsync(key, cancellationToken))
        {
            yield return coupling;
        }
    }

    public ValueTask<IReadOnlyList<StoredOverride>> ReadOverridesAsync(string scope, CancellationToken cancellationToken)
    {
        OnOverrides?.Invoke();
        return ((IOverrideStore)inner).ReadOverridesAsync(scope, cancellationToken);
    }

    public ValueTask<bool> TrySaveOverrideAsync(
        string scope, StoredOverride change, CancellationToken cancellationToken)
    {
        OnOverrides?.Invoke();
        return ((IOverrideStore)inner).TrySaveOverrideAsync(scope, change, cancellationToken);
    }

    public ValueTask<long> CountAsync(MappingKey key, CancellationToken cancellationToken) =>
        CallAsync(() => inner.CountAsync(key, cancellationToken), null, cancellationToken);

    public ValueTask<MappingState> ReadStateAsync(MappingKey key, CancellationToken cancellationToken) =>
        CallAsync(() => inner.ReadStateAsync(key, cancellationToken), null, cancellationToken);

    public ValueTask<IReadOnlyList<Intent>> ListIntentsAsync(MappingKey key, CancellationToken cancellationToken) =>
        CallAsync(() => inner.ListIntentsAsync(key, cancellationToken), null, cancellationToken);

    public IAsyncEnumerable<RecordFailure> ListFailuresAsync(MappingKey key, CancellationToken cancellationToken) =>
        inner.ListFailuresAsync(key, cancellationToken);

    public IAsyncEnumerable<RecordConflict> ListConflictsAsync(
        MappingKey key,
        bool includeResolved,
        CancellationToken cancellationToken) =>
        inner.ListConflictsAsync(key, includeResolved, cancellationToken);

    public async ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken)
    {
        _ = await CallAsync(
            async () =>
            {
                await inner.CommitAsync(commit, cancellationToken);
                Commits.Add(commit);
                return true;
            },
            commit,
            cancellationToken);
    }

    public async ValueTask<MappingLease?> TryAcquireLeaseAsync(
        MappingKey key,
        string owner,
        TimeSpan duration,
        CancellationToken cancellationToken) =>
        Lease = await CallAsync(
            () => inner.TryAcquireLeaseAsync(key, owner, duration, cancellationToken),
            null,
            cancellationToken);

    public ValueTask<MappingLease?> TryRenewLeaseAsync(
        MappingLease lease,
        TimeSpan duration,
        CancellationToken cancellationToken) =>
        inner.TryRenewLeaseAsync(lease, duration, cancellationToken);

    public ValueTask ReleaseLeaseAsync(MappingLease lease, CancellationToken cancellationToken)
    {
        OnRelease?.Invoke();
        return inner.ReleaseLeaseAsync(lease, cancellationToken);
    }

    private int Enter(StoreCommit? commit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var number = Interlocked.Increment(ref calls);
        Before?.Invoke(number, commit);
        cancellationToken.ThrowIfCancellationRequested();
        return number;
    }

    private async ValueTask<T> CallAsync<T>(
        Func<ValueTask<T>> call,
        StoreCommit? commit,
        CancellationToken cancellationToken)
    {
        var number = Enter(commit, cancellationToken);
        var answer = await call();
        After?.Invoke(number, commit);
        return answer;
    }
}
