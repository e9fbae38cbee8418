namespace Dataverse.Sync.Execution;

/// <summary>Compares the keys of a side with the couplings to find deletions that a system does not report.</summary>
internal sealed class DeletionScan(
    MappingTables tables, MappingCouplings couplings, SuspectedDeletions suspects, PreviewRecorder? preview)
{
    private readonly Dictionary<SyncSide, Dictionary<Guid, ulong>> scanned = [];

    /// <summary>Scans all keys of a side and suspects every coupled record whose key is absent.</summary>
    /// <returns>The fingerprint of the version of every record by its id; zero if unknown.</returns>
    public async Task<IReadOnlyDictionary<Guid, ulong>> ScanAsync(SyncSide side, CancellationToken cancellationToken)
    {
        var keys = await KeysAsync(side, cancellationToken).ConfigureAwait(false);
        await SuspectMissingAsync(side, keys.ContainsKey, cancellationToken).ConfigureAwait(false);
        return keys;
    }

    /// <summary>Suspects every coupled record that is absent from a complete list of ids.</summary>
    public Task SuspectMissingAsync(SyncSide side, IReadOnlySet<Guid> present, CancellationToken cancellationToken) =>
        SuspectMissingAsync(side, present.Contains, cancellationToken);

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

    private async Task SuspectMissingAsync(
        SyncSide side, Func<Guid, bool> isPresent, CancellationToken cancellationToken)
    {
        await foreach (var page in couplings.ListVersionsAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var coupling in page)
            {
                var id = coupling.IdOf(side);
                if (!isPresent(id) && preview?.HasCreated(id) != true)
                {
                    suspects.Add(side, id, isReported: false);
                }
            }
        }
    }

    private async Task<Dictionary<Guid, ulong>> KeysAsync(SyncSide side, CancellationToken cancellationToken)
    {
        if (!scanned.TryGetValue(side, out var keys))
        {
            keys = [];
            await foreach (var page in tables.ReadKeysAsync(side, cancellationToken).ConfigureAwait(false))
            {
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
