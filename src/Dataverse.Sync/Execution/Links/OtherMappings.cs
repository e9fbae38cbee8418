using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Execution;

/// <summary>Reads the couplings, journal entries, and failures of the other mappings over the tables of a mapping.</summary>
internal sealed class OtherMappings(ICouplingStore inner, MappingLinks links)
{
    /// <summary>Returns the names of the other mappings over the tables of a mapping.</summary>
    public IReadOnlyList<string> NamesOf(MappingKey key) => links.OthersOf(key.Mapping);

    /// <summary>
    /// Finds couplings, without their bases, for records that have none in a mapping: those that hold for it as well, and those
    /// that contradict its own.
    /// </summary>
    public async Task<(List<Coupling> Links, List<Coupling> Contradicting)> FindLinksAsync(
        MappingKey key,
        SyncSide side,
        IReadOnlyCollection<Guid> ids,
        IReadOnlyList<Coupling> own,
        CancellationToken cancellationToken)
    {
        // Few mappings share their tables, and all others ask for each page.
        var others = links.OthersOf(key.Mapping);
        if (others.Count == 0 || own.Count == ids.Count)
        {
            return ([], []);
        }

        var open = ids.Except(own.Select(coupling => coupling.IdOf(side))).ToHashSet();
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
        var byFreedom = found.ToLookup(coupling => taken.Add(coupling.IdOf(side.Opposite())));
        return ([.. byFreedom[true]], [.. byFreedom[false]]);
    }

    /// <summary>Finds the couplings that the other mappings over the same tables store for some local records.</summary>
    public async Task<List<(string Mapping, Coupling Coupling)>> FindStoredAsync(
        MappingKey key, IReadOnlyCollection<Guid> localIds, CancellationToken cancellationToken)
    {
        var found = new List<(string, Coupling)>();
        foreach (var other in links.OthersOf(key.Mapping))
        {
            var stored = await inner.FindAsync(key with { Mapping = other }, SyncSide.Local, localIds, cancellationToken)
                .ConfigureAwait(false);
            found.AddRange(stored.Select(coupling => (other, coupling)));
        }

        return found;
    }

    /// <summary>Lists the inserts of the other mappings over the same tables whose outcome is not settled.</summary>
    public async Task<IReadOnlyList<Intent>> ListInsertsAsync(MappingKey key, CancellationToken cancellationToken)
    {
        var inserts = new List<Intent>();
        foreach (var other in links.OthersOf(key.Mapping))
        {
            var found = await inner.ListIntentsAsync(key with { Mapping = other }, cancellationToken).ConfigureAwait(false);
            inserts.AddRange(found.Where(intent => intent.Kind == WriteKind.Insert));
        }

        return inserts;
    }

    /// <summary>Lists the memories of uncoupled pairs of the other mappings.</summary>
    public async IAsyncEnumerable<(string Mapping, RecordFailure Memory)> ListMemoriesAsync(
        MappingKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var other in links.OthersOf(key.Mapping))
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
}
