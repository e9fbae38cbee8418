using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Execution;

/// <summary>
/// A coupling store in which the link of two records belongs to the pair of tables: what one mapping couples or uncouples
/// is coupled or uncoupled for every mapping over these tables. Versions and bases belong to each mapping.
/// </summary>
/// <remarks>
/// The stored couplings are those of each mapping. A coupling of another mapping is shown as a link without a base, so
/// that the pair is synchronized like one that was just coupled. Where the stored couplings of two mappings contradict each
/// other, each mapping keeps its own.
/// </remarks>
internal sealed class LinkedCouplingStore(ICouplingStore inner, MappingLinks links) : ICouplingStore
{
    private readonly LinkedLeases leases = new(inner);

    /// <summary>The store that holds the couplings of each mapping.</summary>
    public ICouplingStore Inner => inner;

    public MappingLinks Links => links;

    public async ValueTask<IReadOnlyList<Coupling>> FindAsync(
        MappingKey key, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var own = await inner.FindAsync(key, side, ids, cancellationToken).ConfigureAwait(false);
        var (found, _) = await FindElsewhereAsync(key, side, ids, own, cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? own : [.. own, .. found];
    }

    /// <summary>
    /// Finds the records that another mapping couples with a record that this mapping couples with another one. They must
    /// neither be coupled nor created.
    /// </summary>
    public async Task<HashSet<Guid>> FindContradictedAsync(
        MappingKey key, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (links.OthersOf(key.Mapping).Count == 0)
        {
            return [];
        }

        var own = await inner.FindAsync(key, side, ids, cancellationToken).ConfigureAwait(false);
        var (_, contradicting) = await FindElsewhereAsync(key, side, ids, own, cancellationToken).ConfigureAwait(false);
        return [.. contradicting.Select(coupling => coupling.IdOf(side))];
    }

    public IAsyncEnumerable<Coupling> ListAsync(MappingKey key, CancellationToken cancellationToken) =>
        inner.ListAsync(key, cancellationToken);

    public ValueTask<long> CountAsync(MappingKey key, CancellationToken cancellationToken) =>
        inner.CountAsync(key, cancellationToken);

    public ValueTask<MappingState> ReadStateAsync(MappingKey key, CancellationToken cancellationToken) =>
        inner.ReadStateAsync(key, cancellationToken);

    public ValueTask<IReadOnlyList<Intent>> ListIntentsAsync(MappingKey key, CancellationToken cancellationToken) =>
        inner.ListIntentsAsync(key, cancellationToken);

    /// <summary>Lists the inserts of the other mappings over the same tables whose outcome is not settled.</summary>
    public async Task<IReadOnlyList<Intent>> ListOtherInsertsAsync(MappingKey key, CancellationToken cancellationToken)
    {
        var inserts = new List<Intent>();
        foreach (var other in links.OthersOf(key.Mapping))
        {
            var found = await inner.ListIntentsAsync(key with { Mapping = other }, cancellationToken).ConfigureAwait(false);
            inserts.AddRange(found.Where(intent => intent.Kind == WriteKind.Insert));
        }

        return inserts;
    }

    /// <summary>
    /// Lists the couplings of a mapping that contradict those of other mappings over the same tables. Of two mappings, the
    /// first in the order of the names lists them.
    /// </summary>
    public async Task<Dictionary<string, List<Coupling>>> FindContradictionsAsync(
        MappingKey key, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, List<Coupling>>();
        var later = links.OthersOf(key.Mapping)
            .Where(other => StringComparer.OrdinalIgnoreCase.Compare(other, key.Mapping) > 0).ToList();
        if (later.Count == 0)
        {
            return found;
        }

        var couplings = inner.ListAsync(key, cancellationToken);
        await foreach (var page in couplings.Chunk(1000).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var other in later)
            {
                var contradicting = await ContradictedAsync(key with { Mapping = other }, page, cancellationToken)
                    .ConfigureAwait(false);
                if (contradicting.Count > 0)
                {
                    found[other] = [.. found.GetValueOrDefault(other) ?? [], .. contradicting];
                }
            }
        }

        return found;
    }

    // The couplings of other mappings for records that have none in this one, without their bases.
    private async Task<(List<Coupling> Links, List<Coupling> Contradicting)> FindElsewhereAsync(
        MappingKey key,
        SyncSide side,
        IReadOnlyCollection<Guid> ids,
        IReadOnlyList<Coupling> own,
        CancellationToken cancellationToken)
    {
        var open = ids.Except(own.Select(coupling => coupling.IdOf(side))).ToHashSet();
        var others = open.Count == 0 ? [] : links.OthersOf(key.Mapping);
        var found = new List<Coupling>();
        foreach (var other in others)
        {
            var stored = await inner.FindAsync(key with { Mapping = other }, side, open, cancellationToken)
                .ConfigureAwait(false);
            open.ExceptWith(stored.Select(coupling => coupling.IdOf(side)));
            found.AddRange(stored.Select(item => Coupling.Between(SyncSide.Local, item.LocalId, item.IntegrationId)));
        }

        if (found.Count == 0)
        {
            return ([], []);
        }

        var partners = found.Select(coupling => coupling.IdOf(side.Opposite())).ToHashSet();
        var taken = (await inner.FindAsync(key, side.Opposite(), partners, cancellationToken).ConfigureAwait(false))
            .Select(coupling => coupling.IdOf(side.Opposite())).ToHashSet();
        var isFree = found.ToLookup(coupling => taken.Add(coupling.IdOf(side.Opposite())));
        return ([.. isFree[true]], [.. isFree[false]]);
    }

    private async Task<List<Coupling>> ContradictedAsync(
        MappingKey other, Coupling[] couplings, CancellationToken cancellationToken)
    {
        var contradicted = new HashSet<Coupling>();
        foreach (var side in Sides.Both)
        {
            var own = couplings.ToDictionary(coupling => coupling.IdOf(side));
            var stored = await inner.FindAsync(other, side, own.Keys, cancellationToken).ConfigureAwait(false);
            contradicted.UnionWith(stored.Select(coupling => (Own: own[coupling.IdOf(side)], Other: coupling))
                .Where(pair => pair.Own.IdOf(side.Opposite()) != pair.Other.IdOf(side.Opposite()))
                .Select(pair => pair.Own));
        }

        return [.. contradicted];
    }

    /// <summary>
    /// Lists the failures of a mapping, and what the other mappings over the same tables remember of uncoupled pairs.
    /// </summary>
    public async IAsyncEnumerable<RecordFailure> ListFailuresAsync(
        MappingKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var others = links.OthersOf(key.Mapping);
        var own = new HashSet<RecordKey>();
        await foreach (var failure in inner.ListFailuresAsync(key, cancellationToken).ConfigureAwait(false))
        {
            _ = own.Add(failure.Record);
            yield return failure;
        }

        await foreach (var (_, failure) in ListMemoriesAsync(key, others, cancellationToken).ConfigureAwait(false))
        {
            if (own.Add(failure.Record))
            {
                yield return failure;
            }
        }
    }

    public IAsyncEnumerable<RecordConflict> ListConflictsAsync(
        MappingKey key, bool includeResolved, CancellationToken cancellationToken) =>
        inner.ListConflictsAsync(key, includeResolved, cancellationToken);

    public async ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken)
    {
        var others = links.OthersOf(commit.Lease.Key.Mapping);
        var linked = others.Count == 0 ? commit : await ExtendAsync(commit, others, cancellationToken).ConfigureAwait(false);
        await inner.CommitAsync(linked, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<MappingLease?> TryAcquireLeaseAsync(
        MappingKey key, string owner, TimeSpan duration, CancellationToken cancellationToken) =>
        leases.TryAcquireAsync(key, links.OthersOf(key.Mapping), owner, duration, cancellationToken);

    public ValueTask<MappingLease?> TryRenewLeaseAsync(
        MappingLease lease, TimeSpan duration, CancellationToken cancellationToken) =>
        leases.TryRenewAsync(lease, duration, cancellationToken);

    public ValueTask ReleaseLeaseAsync(MappingLease lease, CancellationToken cancellationToken) =>
        leases.ReleaseAsync(lease, cancellationToken);

    // The run holds the leases of all mappings over the tables, so that nothing changes between these reads and the commit.
    private async Task<StoreCommit> ExtendAsync(
        StoreCommit commit, IReadOnlyList<string> others, CancellationToken cancellationToken)
    {
        var key = commit.Lease.Key;
        var couplings = commit.Couplings.GroupBy(item => item.LocalId).ToDictionary(group => group.Key, group => group.Last());
        List<Guid> ids = [.. commit.UncoupledLocalIds, .. couplings.Keys];
        if (ids.Count + commit.ClearedFailures.Count == 0)
        {
            return commit;
        }

        var own = (await inner.FindAsync(key, SyncSide.Local, ids, cancellationToken).ConfigureAwait(false))
            .ToDictionary(coupling => coupling.LocalId, coupling => coupling.IntegrationId);
        bool EndsLink(Coupling coupling) => couplings.TryGetValue(coupling.LocalId, out var next)
            ? next.IntegrationId != coupling.IntegrationId
                && (!own.TryGetValue(coupling.LocalId, out var before) || before == coupling.IntegrationId)
            : !own.TryGetValue(coupling.LocalId, out var partner) || partner == coupling.IntegrationId;
        var uncoupled = new List<RecordOfMapping>();
        foreach (var other in others)
        {
            var found = await inner.FindAsync(key with { Mapping = other }, SyncSide.Local, ids, cancellationToken)
                .ConfigureAwait(false);
            uncoupled.AddRange(found.Where(EndsLink)
                .Select(coupling => new RecordOfMapping(other, new(SyncSide.Local, coupling.LocalId))));
        }

        var forgotten = couplings.Values.Where(coupling => !own.ContainsKey(coupling.LocalId))
            .SelectMany(coupling => Sides.Both.Select(side => new RecordKey(side, coupling.IdOf(side))))
            .Concat(commit.ClearedFailures).ToHashSet();
        return commit with
        {
            UncoupledElsewhere = uncoupled,
            ClearedElsewhere = await MemoriesOfAsync(key, others, forgotten, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<List<RecordOfMapping>> MemoriesOfAsync(
        MappingKey key, IReadOnlyList<string> others, HashSet<RecordKey> records, CancellationToken cancellationToken)
    {
        var found = new List<RecordOfMapping>();
        if (records.Count > 0)
        {
            await foreach (var (other, memory) in ListMemoriesAsync(key, others, cancellationToken).ConfigureAwait(false))
            {
                if (records.Contains(memory.Record))
                {
                    found.Add(new(other, memory.Record));
                }
            }
        }

        return found;
    }

    private async IAsyncEnumerable<(string Mapping, RecordFailure Memory)> ListMemoriesAsync(
        MappingKey key, IReadOnlyList<string> others, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var other in others)
        {
            var failures = inner.ListFailuresAsync(key with { Mapping = other }, cancellationToken);
            await foreach (var failure in failures.ConfigureAwait(false))
            {
                if (UncoupledPairs.IsMemory(failure))
                {
                    yield return (other, failure);
                }
            }
        }
    }
}
