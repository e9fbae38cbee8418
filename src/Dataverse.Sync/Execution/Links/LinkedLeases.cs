using System.Collections.Concurrent;

namespace Dataverse.Sync.Execution;

/// <summary>
/// The leases of all mappings over one pair of tables, held together, so that one of the mappings is run at a time.
/// </summary>
/// <remarks>They are taken in the order of the names, so that two engines cannot block each other. Safe for concurrent use.</remarks>
internal sealed class LinkedLeases(ICouplingStore store)
{
    private readonly ConcurrentDictionary<(MappingKey Key, string Owner), List<MappingLease>> held = new();

    public async ValueTask<MappingLease?> TryAcquireAsync(
        MappingKey key, IReadOnlyList<string> others, string owner, TimeSpan duration, CancellationToken cancellationToken)
    {
        if (others.Count == 0)
        {
            return await store.TryAcquireLeaseAsync(key, owner, duration, cancellationToken).ConfigureAwait(false);
        }

        var acquired = new List<MappingLease>();
        try
        {
            foreach (var name in others.Append(key.Mapping).Order(StringComparer.OrdinalIgnoreCase))
            {
                var lease = await store.TryAcquireLeaseAsync(key with { Mapping = name }, owner, duration, cancellationToken)
                    .ConfigureAwait(false);
                if (lease is null)
                {
                    await ReleaseAllAsync(acquired).ConfigureAwait(false);
                    return null;
                }

                acquired.Add(lease);
            }
        }
        catch
        {
            await ReleaseAllAsync(acquired).ConfigureAwait(false);
            throw;
        }

        var own = acquired.Single(lease => lease.Key == key);
        _ = acquired.Remove(own);
        held[(key, owner)] = acquired;
        return own;
    }

    public async ValueTask<MappingLease?> TryRenewAsync(
        MappingLease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        if (held.TryGetValue((lease.Key, lease.Owner), out var others))
        {
            var renewed = new List<MappingLease>(others.Count);
            foreach (var other in others)
            {
                if (await store.TryRenewLeaseAsync(other, duration, cancellationToken).ConfigureAwait(false) is not { } next)
                {
                    return null;
                }

                renewed.Add(next);
            }

            held[(lease.Key, lease.Owner)] = renewed;
        }

        return await store.TryRenewLeaseAsync(lease, duration, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask ReleaseAsync(MappingLease lease, CancellationToken cancellationToken)
    {
        if (held.TryRemove((lease.Key, lease.Owner), out var others))
        {
            await ReleaseAllAsync(others).ConfigureAwait(false);
        }

        await store.ReleaseLeaseAsync(lease, cancellationToken).ConfigureAwait(false);
    }

    // A lease that cannot be released expires by itself.
    private async Task ReleaseAllAsync(List<MappingLease> leases)
    {
        foreach (var lease in leases)
        {
            try
            {
                await store.ReleaseLeaseAsync(lease, CancellationToken.None).ConfigureAwait(false);
            }
            catch (CouplingStoreException)
            {
            }
        }
    }
}
