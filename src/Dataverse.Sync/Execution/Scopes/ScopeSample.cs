namespace Dataverse.Sync.Execution;

/// <summary>Samples the couplings of a stored scope, and counts those whose records exist in both systems.</summary>
internal sealed class ScopeSample(Sides<ITableConnector> systems, ICouplingStore store, CompiledCatalog catalog)
{
    private const int Size = 100;
    private const double RequiredShare = 0.9;

    /// <summary>The couplings that were sampled.</summary>
    public int Sampled { get; private set; }

    /// <summary>Those of them whose records exist in both systems.</summary>
    public int Found { get; private set; }

    /// <summary>Whether enough records exist. A scope without couplings says nothing against it.</summary>
    public bool IsConvincing => Found >= Sampled * RequiredShare;

    /// <exception cref="ConnectorException">The records cannot be read.</exception>
    /// <exception cref="CouplingStoreException">The couplings cannot be read.</exception>
    public async Task<ScopeSample> TakeAsync(RegisteredScope scope, CancellationToken cancellationToken)
    {
        var counts = new List<(CompiledMapping Mapping, MappingKey Key, long Count)>();
        foreach (var name in scope.Mappings)
        {
            if (catalog.ByName.TryGetValue(name, out var mapping))
            {
                var key = new MappingKey(scope.Name, name);
                counts.Add((mapping, key, await store.CountAsync(key, cancellationToken).ConfigureAwait(false)));
            }
        }

        var total = counts.Sum(item => item.Count);
        foreach (var (mapping, key, count) in counts.Where(item => item.Count > 0))
        {
            var quota = total <= Size ? count : Math.Max(1, Size * count / total);
            var sample = await TakeAsync(key, count, quota, cancellationToken).ConfigureAwait(false);
            Sampled += sample.Count;
            Found += await CountFoundAsync(mapping, sample, cancellationToken).ConfigureAwait(false);
        }

        return this;
    }

    // Evenly spread, because the oldest couplings have lost more records than others.
    private async Task<List<Coupling>> TakeAsync(
        MappingKey key, long count, long quota, CancellationToken cancellationToken)
    {
        var step = Math.Max(1, count / quota);
        var sample = new List<Coupling>();
        var place = 0L;
        await foreach (var coupling in store.ListAsync(key, cancellationToken).ConfigureAwait(false))
        {
            if (place++ % step == 0)
            {
                sample.Add(coupling);
            }

            if (sample.Count == quota)
            {
                break;
            }
        }

        return sample;
    }

    private async Task<int> CountFoundAsync(
        CompiledMapping mapping, List<Coupling> sample, CancellationToken cancellationToken)
    {
        var local = await ReadAsync(SyncSide.Local, mapping, sample, cancellationToken).ConfigureAwait(false);
        if (local.Count == 0)
        {
            return 0;
        }

        var integration = await ReadAsync(SyncSide.Integration, mapping, sample, cancellationToken)
            .ConfigureAwait(false);
        return sample.Count(coupling =>
            local.Contains(coupling.LocalId) && integration.Contains(coupling.IntegrationId));
    }

    private async Task<HashSet<Guid>> ReadAsync(
        SyncSide side, CompiledMapping mapping, List<Coupling> sample, CancellationToken cancellationToken)
    {
        var query = new RecordQuery
        {
            Table = mapping.Schema(side).Name,
            Fields = [],
            Ids = [.. sample.Select(coupling => coupling.IdOf(side))],
        };
        var records = await systems[side].ReadByIdAsync(query, cancellationToken).ConfigureAwait(false);
        return [.. records.Select(record => record.Id)];
    }
}
