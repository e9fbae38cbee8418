using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Simulation;

/// <summary>A coupling store as a process sees it: any call may be the last one.</summary>
internal class UnreliableStore(SimulatedProcess process, ICouplingStore inner) : ICouplingStore
{
    public ValueTask<IReadOnlyList<Coupling>> FindAsync(MappingKey key, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        process.CallAsync(new(null, "find", key.Mapping), _ => inner.FindAsync(key, side, ids, cancellationToken), cancellationToken);

    public IAsyncEnumerable<Coupling> ListAsync(MappingKey key, CancellationToken cancellationToken) =>
        ListAsync("list couplings", key, inner.ListAsync(key, cancellationToken), cancellationToken);

    public ValueTask<long> CountAsync(MappingKey key, CancellationToken cancellationToken) =>
        process.CallAsync(new(null, "count", key.Mapping), _ => inner.CountAsync(key, cancellationToken), cancellationToken);

    public ValueTask<MappingState> ReadStateAsync(MappingKey key, CancellationToken cancellationToken) =>
        process.CallAsync(new(null, "read state", key.Mapping), _ => inner.ReadStateAsync(key, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<Intent>> ListIntentsAsync(MappingKey key, CancellationToken cancellationToken) =>
        process.CallAsync(new(null, "list intents", key.Mapping), _ => ListOpenIntentsAsync(key, cancellationToken), cancellationToken);

    public IAsyncEnumerable<RecordFailure> ListFailuresAsync(MappingKey key, CancellationToken cancellationToken) =>
        ListAsync("list failures", key, inner.ListFailuresAsync(key, cancellationToken), cancellationToken);

    public IAsyncEnumerable<RecordConflict> ListConflictsAsync(MappingKey key, bool includeResolved, CancellationToken cancellationToken) =>
        ListAsync("list conflicts", key, inner.ListConflictsAsync(key, includeResolved, cancellationToken), cancellationToken);

    public async ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken) =>
        _ = await process.CallAsync(
            new(null, commit.Intents.Count > 0 ? Call.Journal : Call.Commit, commit.Lease.Key.Mapping),
            async _ =>
            {
                await inner.CommitAsync(commit, cancellationToken);
                process.World.Journals.Note(commit);
                process.World.Trace?.Invoke($"        {CommitText.Of(commit)}");
                return true;
            },
            cancellationToken);

    public ValueTask<MappingLease?> TryAcquireLeaseAsync(MappingKey key, string owner, TimeSpan duration, CancellationToken cancellationToken) =>
        process.CallAsync(
            new(null, "acquire lease", key.Mapping),
            async _ =>
            {
                var lease = await inner.TryAcquireLeaseAsync(key, owner, duration, cancellationToken);
                if (lease is not null)
                {
                    process.World.Holders[key] = process;
                }

                return lease;
            },
            cancellationToken);

    // The heartbeat comes in between the other calls and is not one of the places where a history strikes.
    public ValueTask<MappingLease?> TryRenewLeaseAsync(MappingLease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        process.RequireAlive();
        return inner.TryRenewLeaseAsync(lease, duration, cancellationToken);
    }

    public async ValueTask ReleaseLeaseAsync(MappingLease lease, CancellationToken cancellationToken) =>
        _ = await process.CallAsync(
            new(null, "release lease", lease.Key.Mapping),
            async _ =>
            {
                await inner.ReleaseLeaseAsync(lease, cancellationToken);
                return true;
            },
            cancellationToken);

    private async ValueTask<IReadOnlyList<Intent>> ListOpenIntentsAsync(MappingKey key, CancellationToken cancellationToken)
    {
        var intents = await inner.ListIntentsAsync(key, cancellationToken);
        process.World.Journals.Check(key, intents);
        return intents;
    }

    private async IAsyncEnumerable<T> ListAsync<T>(string what, MappingKey key, IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _ = await process.CallAsync(new(null, what, key.Mapping), _ => new ValueTask<bool>(true), cancellationToken);
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            yield return item;
        }
    }
}
