namespace Dataverse.Sync.Execution;

/// <summary>Holds the lease of a mapping during a run and renews it in the background and before writes.</summary>
/// <remarks>
/// A process can be suspended for longer than the lease is valid. The heartbeat is suspended with it, and either clock
/// may stop or be set meanwhile. So the age of the lease is the greater of what the two clocks say, and a write is sent
/// only under a lease whose age proves that no other engine can have taken it over.
/// </remarks>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private const int MaximumAttempts = 3;

    private readonly ICouplingStore store;
    private readonly LeaseTerm term;
    private readonly ITimer heartbeat;
    private readonly SemaphoreSlim renewing = new(1, 1);
    private volatile MappingLease lease;
    private volatile LeaseAge age;
    private volatile bool isLost;

    private LeaseKeeper(ICouplingStore store, MappingLease lease, LeaseAge age, LeaseTerm term)
    {
        (this.store, this.lease, this.age, this.term) = (store, lease, age, term);
        var interval = term.Duration / 3;
        heartbeat = term.TimeProvider.CreateTimer(_ => _ = RenewIfPossibleAsync(), null, interval, interval);
    }

    /// <summary>The lease for commits.</summary>
    /// <exception cref="LeaseLostException">Another engine has taken over the lease.</exception>
    public MappingLease Current => isLost ? throw new LeaseLostException(lease.Key) : lease;

    public static async Task<LeaseKeeper> AcquireAsync(
        ICouplingStore store, MappingKey key, string owner, LeaseTerm term, CancellationToken cancellationToken)
    {
        var age = LeaseAge.StartedNow(term.TimeProvider);
        var lease = await store.TryAcquireLeaseAsync(key, owner, term.Duration, cancellationToken)
            .ConfigureAwait(false);
        return lease is null ? throw new MappingBusyException(key) : new LeaseKeeper(store, lease, age, term);
    }

    /// <summary>Renews the lease unless it is young enough to cover a write.</summary>
    /// <returns>The time by which a request must leave: well before another engine can take over the mapping.</returns>
    /// <exception cref="LeaseLostException">Another engine has taken over the lease.</exception>
    /// <exception cref="CouplingStoreException">The lease cannot be renewed.</exception>
    public async Task<DateTimeOffset> CoverWriteAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; age.Current >= term.Duration / 6; attempt++)
        {
            await renewing.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await RenewAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _ = renewing.Release();
            }

            _ = Current;
            if (attempt == MaximumAttempts && age.Current >= term.Duration / 2)
            {
                throw new CouplingStoreException(
                    CouplingStoreFailure.Unavailable,
                    $"The lease of mapping '{lease.Key.Mapping}' is renewed too slowly to write under it.");
            }
            else if (attempt == MaximumAttempts)
            {
                break;
            }
        }

        _ = Current;
        return age.StartedOn + term.WriteAllowance;
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
            catch (Exception)
            {
                // The lease expires by itself. Whatever the store throws must not hide the outcome of the run.
            }
        }

        renewing.Dispose();
    }

    private async Task RenewIfPossibleAsync()
    {
        if (!await renewing.WaitAsync(0).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await RenewAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The next heartbeat tries again. The store refuses a commit under a lost lease.
        }
        finally
        {
            _ = renewing.Release();
        }
    }

    // The age counts from before the request to the store, which may have been carried out at once.
    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var started = LeaseAge.StartedNow(term.TimeProvider);
        if (await store.TryRenewLeaseAsync(lease, term.Duration, cancellationToken).ConfigureAwait(false) is { } renewed)
        {
            (lease, age) = (renewed, started);
        }
        else
        {
            isLost = true;
        }
    }
}
