namespace Dataverse.Sync.Execution;

/// <summary>
/// Reads the couplings and the journal of one mapping, and the couplings of the mappings to which it refers.
/// </summary>
internal sealed class MappingCouplings(
    LinkedCouplingStore store, MappingKey key, CompiledCatalog catalog)
{
    // Stores process a chunk of this size with one statement.
    private const int ChunkSize = 1000;

    private readonly IReadOnlyDictionary<string, CompiledMapping> mappings = catalog.ByName;
    private readonly HashSet<Guid> restoring = [];

    public string Scope => key.Scope;

    /// <summary>The mappings of the engine that can be run, by name.</summary>
    public IReadOnlyDictionary<string, CompiledMapping> Mappings => mappings;

    /// <summary>The other mappings of the engine.</summary>
    public IEnumerable<IIntegrationTableMapping> Invalid =>
        catalog.InOrder.Where(mapping => !mapping.IsValid).Select(mapping => mapping.Mapping);

    /// <summary>Finds the couplings of records, by the id of the record.</summary>
    public async Task<Dictionary<Guid, Coupling>> FindAsync(
        SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var found = await store.FindAsync(key, side, ids, cancellationToken).ConfigureAwait(false);
        var couplings = new Dictionary<Guid, Coupling>(found.Count);
        foreach (var coupling in found)
        {
            couplings[coupling.IdOf(side)] = coupling;
        }

        return couplings;
    }

    /// <summary>Finds the coupling of a record; returns null if it has none.</summary>
    public async ValueTask<Coupling?> FindAsync(RecordKey record, CancellationToken cancellationToken)
    {
        var found = await store.FindAsync(key, record.Side, [record.Id], cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Finds the couplings of any number of records.</summary>
    public async Task<List<Coupling>> FindAllAsync(
        SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var found = new List<Coupling>();
        foreach (var chunk in ids.Chunk(ChunkSize))
        {
            found.AddRange(await store.FindAsync(key, side, chunk, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    /// <summary>
    /// Finds the records that another mapping over the same tables couples in contradiction to this one. They must neither
    /// be coupled nor created.
    /// </summary>
    public Task<HashSet<Guid>> FindContradictedAsync(
        SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        store.FindContradictedAsync(key, side, ids, cancellationToken);

    /// <summary>
    /// Finds the pairs of which another mapping over the same tables, which reads a side, has not seen the present record
    /// of this side. It may contain an edit of a field of that mapping.
    /// </summary>
    /// <param name="side">The side.</param>
    /// <param name="records">The records by the local id of their pair.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The local ids of the pairs.</returns>
    public async Task<HashSet<Guid>> FindUnseenElsewhereAsync(
        SyncSide side, IReadOnlyDictionary<Guid, TableRecord> records, CancellationToken cancellationToken)
    {
        var stored = await store.Others.FindStoredAsync(key, [.. records.Keys], cancellationToken).ConfigureAwait(false);
        return [.. stored.Where(item => mappings.TryGetValue(item.Mapping, out var other) && other.Reads(side))
            .Select(item => (item.Coupling, Record: records[item.Coupling.LocalId]))
            .Where(item => item.Coupling.IdOf(side) == item.Record.Id
                && item.Coupling.VersionOf(side) != Fingerprint.OfVersion(item.Record.Version))
            .Select(item => item.Coupling.LocalId)];
    }

    /// <summary>
    /// Leads no reference to pairs of which a record is gone, while their missing records are created again.
    /// </summary>
    /// <param name="localIds">The ids of the local records of the pairs; none when all are created.</param>
    public void SetRestoring(IEnumerable<Guid> localIds)
    {
        restoring.Clear();
        restoring.UnionWith(localIds);
    }

    /// <summary>
    /// Finds the couplings of records in this or another mapping, to which references lead; returns none if the mapping
    /// does not exist.
    /// </summary>
    public async ValueTask<IReadOnlyList<Coupling>> FindInAsync(
        string mapping, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var found = await store.FindAsync(KeyOf(mapping), side, ids, cancellationToken).ConfigureAwait(false);
        var mayBeGone = restoring.Count > 0
            && string.Equals(mapping, key.Mapping, StringComparison.OrdinalIgnoreCase);
        return mayBeGone ? [.. found.Where(coupling => !restoring.Contains(coupling.LocalId))] : found;
    }

    /// <summary>Lists the failures of another mapping.</summary>
    public IAsyncEnumerable<RecordFailure> ListFailuresInAsync(string mapping, CancellationToken cancellationToken) =>
        store.ListFailuresAsync(KeyOf(mapping), cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<CouplingVersions>> ListVersionsAsync(CancellationToken cancellationToken) =>
        store.ListVersionsAsync(key, cancellationToken);

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) => store.CountAsync(key, cancellationToken);

    public async ValueTask<bool> AnyAsync(CancellationToken cancellationToken) =>
        await ListVersionsAsync(cancellationToken).AnyAsync(cancellationToken).ConfigureAwait(false);

    public ValueTask<MappingState> ReadStateAsync(CancellationToken cancellationToken) =>
        store.ReadStateAsync(key, cancellationToken);

    public ValueTask<IReadOnlyList<Intent>> ListIntentsAsync(CancellationToken cancellationToken) =>
        store.ListIntentsAsync(key, cancellationToken);

    private MappingKey KeyOf(string mapping) =>
        key with { Mapping = mappings.TryGetValue(mapping, out var known) ? known.Name : mapping };
}
