namespace Dataverse.Sync.Execution;

/// <summary>Extends a commit by its changes to the other mappings over the same tables.</summary>
internal sealed class LinkedCommit(ICouplingStore inner, OtherMappings others)
{
    // The run holds the leases of all mappings over the tables, so that nothing changes between these reads and the commit.
    public async Task<StoreCommit> ExtendAsync(StoreCommit commit, CancellationToken cancellationToken)
    {
        var key = commit.Lease.Key;
        var couplings = commit.Couplings.GroupBy(item => item.LocalId).ToDictionary(group => group.Key, group => group.Last());
        List<Guid> ids = [.. commit.UncoupledLocalIds.Except(LeavingOf(commit)), .. couplings.Keys];
        if (ids.Count + commit.ClearedFailures.Count + commit.Failures.Count == 0)
        {
            return commit;
        }

        var own = (await inner.FindAsync(key, SyncSide.Local, ids, cancellationToken).ConfigureAwait(false))
            .ToDictionary(coupling => coupling.LocalId, coupling => coupling.IntegrationId);
        bool EndsLink(Coupling coupling) => couplings.TryGetValue(coupling.LocalId, out var next)
            ? next.IntegrationId != coupling.IntegrationId
                && (!own.TryGetValue(coupling.LocalId, out var before) || before == coupling.IntegrationId)
            : !own.TryGetValue(coupling.LocalId, out var partner) || partner == coupling.IntegrationId;
        var ended = (await others.FindStoredAsync(key, ids, cancellationToken).ConfigureAwait(false))
            .FindAll(stored => EndsLink(stored.Coupling));
        var forgotten = couplings.Values.Where(coupling => !own.ContainsKey(coupling.LocalId))
            .SelectMany(coupling => Sides.Both.Select(side => new RecordKey(side, coupling.IdOf(side))))
            .Concat(commit.ClearedFailures).ToHashSet();
        return commit with
        {
            UncoupledElsewhere =
                [.. ended.Select(stored => new RecordOfMapping(stored.Mapping, new(SyncSide.Local, stored.Coupling.LocalId)))],
            ClearedElsewhere =
            [
                .. await MemoriesOfAsync(key, forgotten, cancellationToken).ConfigureAwait(false),
                .. ended.SelectMany(stored => Sides.Both.Select(side =>
                    new RecordOfMapping(stored.Mapping, new(side, stored.Coupling.IdOf(side))))),
                .. ReplacedBy(commit, others.NamesOf(key)),
            ],
        };
    }

    // The memory of an uncoupled pair replaces the failures of its records in the other mappings.
    private static IEnumerable<RecordOfMapping> ReplacedBy(StoreCommit commit, IReadOnlyList<string> others) =>
        from failure in commit.Failures
        where failure is { State: RecordFailureState.Uncoupled, Error.Code: SyncErrorCodes.Uncoupled }
        from other in others
        select new RecordOfMapping(other, failure.Record);

    // A filter belongs to its mapping. A record that left it may be within that of another.
    private static IEnumerable<Guid> LeavingOf(StoreCommit commit) => commit.Failures
        .Where(failure => failure is { Record.Side: SyncSide.Local, Error.Code: SyncErrorCodes.LeftFilter })
        .Select(failure => failure.Record.Id);

    private async Task<List<RecordOfMapping>> MemoriesOfAsync(
        MappingKey key, HashSet<RecordKey> records, CancellationToken cancellationToken)
    {
        var found = new List<RecordOfMapping>();
        if (records.Count > 0)
        {
            await foreach (var (other, memory) in others.ListMemoriesAsync(key, cancellationToken).ConfigureAwait(false))
            {
                if (records.Contains(memory.Record))
                {
                    found.Add(new(other, memory.Record));
                }
            }
        }

        return found;
    }
}
