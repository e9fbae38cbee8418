using System.Collections.Concurrent;

namespace Dataverse.Sync.Execution;

/// <summary>Compares the keys of a side with the couplings to find deletions that a system does not report.</summary>
internal sealed class DeletionScan(
    MappingTables tables, MappingCouplings couplings, SuspectedDeletions suspects, PreviewRecorder? preview)
{
    private readonly ConcurrentDictionary<SyncSide, Dictionary<Guid, ulong>> scanned = [];

    /// <summary>Scans all keys of a side. A later call for the side returns the same keys.</summary>
    /// <returns>The fingerprint of the version of every record by its id; zero if unknown.</returns>
    public async Task<IReadOnlyDictionary<Guid, ulong>> ReadKeysAsync(SyncSide side, CancellationToken cancellationToken) =>
        await KeysAsync(side, cancellationToken).ConfigureAwait(false);

    /// <summary>Suspects every coupled record that is absent from a complete list of ids.</summary>
    public async Task SuspectMissingAsync(
        SyncSide side, IdSet present, CancellationToken cancellationToken)
    {
        await foreach (var page in couplings.ListVersionsAsync(cancellationToken).ConfigureAwait(false))
        {
            SuspectMissing(side, page, present.Contains);
        }
    }

    /// <summary>Suspects the records of some couplings that are absent from a complete list of ids.</summary>
    public void SuspectMissing(SyncSide side, IReadOnlyList<CouplingVersions> coupled, Func<Guid, bool> isPresent)
    {
        foreach (var coupling in coupled)
        {
            var id = coupling.IdOf(side);
            if (!isPresent(id) && preview?.HasCreated(id) != true)
            {
                suspects.Add(side, id, isReported: false);
            }
        }
    }

    /// <summary>
    /// Returns the suspects that two independent responses prove deleted: absent from a complete scan of the keys, and
    /// not found by id.
    /// </summary>
    public async Task<HashSet<Guid>> ProveAsync(
        SyncSide side, IEnumerable<Guid> unproved, CancellationToken cancellationToken)
    {
        var keys = await KeysAsync(side, cancellationToken).ConfigureAwait(false);
        var absent = unproved.Where(id => !keys.ContainsKey(id)).ToHashSet();
        absent.ExceptWith((await tables.ReadAllAsync(side, absent, cancellationToken).ConfigureAwait(false)).Keys);
        return absent;
    }

    /// <summary>Returns those of some records that are proved deleted and not only hidden from the account.</summary>
    public async Task<HashSet<Guid>> ProveGoneAsync(
        SyncSide side, IReadOnlyCollection<Guid> unproved, CancellationToken cancellationToken)
    {
        if (unproved.Count == 0)
        {
            return [];
        }

        var absent = await ProveAsync(side, unproved, cancellationToken).ConfigureAwait(false);
        if (absent.Count == 0)
        {
            return absent;
        }

        var answers = await tables.ProbeAsync(side, absent, cancellationToken).ConfigureAwait(false);
        return [.. absent.Where(id => answers[id] == RecordPresence.Gone)];
    }

    private async Task<Dictionary<Guid, ulong>> KeysAsync(SyncSide side, CancellationToken cancellationToken)
    {
        if (!scanned.TryGetValue(side, out var keys))
        {
            keys = [];
            await foreach (var page in tables.ReadKeysAsync(side, cancellationToken).ConfigureAwait(false))
            {
                // Beyond the first page, the size doubles by itself.
                if (keys.Count == 0)
                {
                    _ = keys.EnsureCapacity(page.Count);
                }

                foreach (var key in page)
                {
                    keys[key.Id] = Fingerprint.OfVersion(key.Version);
                }
            }

            scanned[side] = keys;
        }

        return keys;
    }
}
