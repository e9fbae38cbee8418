namespace Dataverse.Sync.Execution;

/// <summary>Holds the lease of a mapping during a run and renews it in the background.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly ICouplingStore store;
    private readonly TimeSpan duration;
    private readonly ITimer heartbeat;
    private readonly SemaphoreSlim renewing = new(1, 1);
    private volatile MappingLease lease;
    private volatile bool isLost;

    private LeaseKeeper(ICouplingStore store, MappingLease lease, TimeSpan duration, TimeProvider timeProvider)
    {
        this.store = store;
        this.lease = lease;
        this.duration = duration;
        heartbeat = timeProvider.CreateTimer(_ => _ = RenewAsync(), null, duration / 3, duration / 3);
    }

    /// <summary>The lease for commits.</summary>
    /// <exception cref="LeaseLostException">Another engine has taken over the lease.</exception>
    public MappingLease Current => isLost ? throw new LeaseLostException(lease.Key) : lease;

    public static async Task<LeaseKeeper> AcquireAsync(
        ICouplingStore store,
        MappingKey key,
        string owner,
        TimeSpan duration,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var lease = await store.TryAcquireLeaseAsync(key, owner, duration, cancellationToken).ConfigureAwait(false);
        return lease is null
            ? throw new MappingBusyException(key)
            : new LeaseKeeper(store, lease, duration, timeProvider);
    }

    public async ValueTask DisposeAsync()
    {
        await heartbeat.DisposeAsync().ConfigureAwait(false);
        await renewing.WaitAsync().ConfigureAwait(false);
        if (!isLost)
        {
            try
            {
                await store.ReleaseLeaseAsync(lease, CancellationToken.None).ConfigureAwait(false);
            }
            catch (SyncException)
            {
                // The lease expires by itself. This failure must not hide the outcome of the run.
            }
        }

        renewing.Dispose();
    }

    private async Task RenewAsync()
    {
        if (!await renewing.WaitAsync(0).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            var renewed = await store.TryRenewLeaseAsync(lease, duration, CancellationToken.None).ConfigureAwait(false);
            isLost = renewed is null;
            lease = renewed ?? lease;
        }
        catch (SyncException)
        {
            // The next heartbeat tries again. The store refuses a commit under a lost lease.
        }
        finally
        {
            _ = renewing.Release();
        }
    }
}
