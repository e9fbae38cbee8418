namespace Dataverse.Sync.Execution;

/// <summary>Compares the keys of a side with the couplings: the only way to see deletions that a system does not report.</summary>
internal sealed class DeletionScan(MappingRunContext run, SuspectedDeletions suspects)
{
    private readonly Dictionary<SyncSide, HashSet<Guid>> scanned = [];

    /// <summary>Suspects every coupled record whose key is absent from a complete scan.</summary>
    public async Task ScanAsync(SyncSide side, CancellationToken cancellationToken) =>
        await SuspectMissingAsync(side, await KeysAsync(side, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Suspects every coupled record that is absent from a complete listing.</summary>
    public async Task SuspectMissingAsync(SyncSide side, IReadOnlySet<Guid> present, CancellationToken cancellationToken)
    {
        await foreach (var coupling in run.Store.ListAsync(run.Key, cancellationToken).ConfigureAwait(false))
        {
            if (!present.Contains(coupling.IdOf(side)) && run.Preview?.HasCreated(coupling.IdOf(side)) != true)
            {
                suspects.Add(side, coupling.IdOf(side), isReported: false);
            }
        }
    }

    /// <summary>The suspects that are gone by two independent answers: absent from a complete scan of the keys, and not found by id.</summary>
    public async Task<HashSet<Guid>> ProveAsync(SyncSide side, IEnumerable<Guid> unproved, CancellationToken cancellationToken)
    {
        var keys = await KeysAsync(side, cancellationToken).ConfigureAwait(false);
        var absent = unproved.Where(id => !keys.Contains(id)).ToHashSet();
        foreach (var ids in absent.Chunk(1000).ToList())
        {
            absent.ExceptWith((await run.ReadAsync(side, ids, cancellationToken).ConfigureAwait(false)).Keys);
        }

        return absent;
    }

    private async Task<HashSet<Guid>> KeysAsync(SyncSide side, CancellationToken cancellationToken)
    {
        if (!scanned.TryGetValue(side, out var keys))
        {
            keys = [];
            await foreach (var page in run.On(side).ReadKeysAsync(run.Mapping.Schema(side).Name, cancellationToken).ConfigureAwait(false))
            {
                keys.UnionWith(page);
            }

            scanned[side] = keys;
        }

        return keys;
    }
}
