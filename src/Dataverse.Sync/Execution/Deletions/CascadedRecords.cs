namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds the records, of any mapping, that a system would delete together with the records that the engine deletes.
/// </summary>
internal sealed class CascadedRecords(
    RunSettings settings, Sides<ITableConnector> systems, MappingCouplings couplings, CascadeCatalog catalog)
{
    // Limits the size of one request.
    private const int ChunkSize = 500;

    /// <summary>Finds the records that the system would delete together with the survivors that the engine deletes.</summary>
    /// <param name="side">The side of the survivors.</param>
    /// <param name="deleting">The deletions.</param>
    /// <param name="gone">The pairs about which a decision is made anyway.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The records by the id of the survivor.</returns>
    public async Task<ILookup<Guid, CascadedRecord>> FindAsync(
        SyncSide side, List<DeletionDecision> deleting, HashSet<Coupling> gone, CancellationToken cancellationToken)
    {
        // Level by level: what refers to the deleted records, then what refers to those.
        var found = new List<CascadedRecord>();
        var table = settings.Mapping.Schema(side).Name;
        var level = deleting.ConvertAll(decision => new Consequence(table, decision.Survivor!, decision.Missing.SurvivorKey.Id));
        var seen = level.Select(item => (item.Table, item.Record.Id)).ToHashSet();
        while (level.Count > 0)
        {
            var next = new List<Consequence>();
            foreach (var parents in level.GroupBy(item => item.Table))
            {
                var causes = parents.DistinctBy(item => item.Record.Id).ToDictionary(item => item.Record.Id, item => item.Cause);
                var cascades = await catalog.ReadAsync(side, systems[side], parents.Key, cancellationToken)
                    .ConfigureAwait(false);
                foreach (var cascade in cascades.Where(cascade => IsMapped(side, cascade.Table)))
                {
                    var children = await ReadAsync(side, parents.Key, cascade, causes, cancellationToken)
                        .ConfigureAwait(false);
                    next.AddRange(children.Where(child => seen.Add((child.Table, child.Record.Id))));
                }
            }

            found.AddRange(await FindSynchronizedAsync(side, next, gone, cancellationToken).ConfigureAwait(false));
            level = next;
        }

        return found.ToLookup(item => item.Cause);
    }

    private bool IsMapped(SyncSide side, string table) =>
        MappingsOver(side, table).Any() || couplings.Invalid.Any(mapping => mapping.TableOn(side) == table);

    private IEnumerable<CompiledMapping> MappingsOver(SyncSide side, string table) =>
        couplings.Mappings.Values.Where(mapping => mapping.Schema(side).Name == table);

    private async Task<List<Consequence>> ReadAsync(
        SyncSide side,
        string parentTable,
        DeletionCascade cascade,
        Dictionary<Guid, Guid> causes,
        CancellationToken cancellationToken)
    {
        var children = new List<Consequence>();
        var mapped = MappingsOver(side, cascade.Table).SelectMany(mapping => mapping.ReadFields(side));
        List<string> fields = [.. mapped.Prepend(cascade.Field).Distinct(StringComparer.Ordinal)];
        foreach (var chunk in causes.Keys.Chunk(ChunkSize))
        {
            var query = new FieldQuery
            {
                Table = cascade.Table,
                Fields = fields,
                Field = cascade.Field,
                Values = [.. chunk.Select(id => FieldValue.Reference(id, parentTable))],
            };
            var records = await systems[side].FindAsync(query, cancellationToken).ConfigureAwait(false);
            children.AddRange(records
                .Where(record => record[cascade.Field] is { IsId: true } parent && causes.ContainsKey(parent.AsIdentifier()))
                .Select(record => new Consequence(cascade.Table, record, causes[record[cascade.Field].AsIdentifier()])));
        }

        return children;
    }

    private async Task<List<CascadedRecord>> FindSynchronizedAsync(
        SyncSide side, List<Consequence> children, HashSet<Coupling> gone, CancellationToken cancellationToken)
    {
        var found = new List<CascadedRecord>();
        foreach (var group in children.GroupBy(child => child.Table))
        {
            foreach (var mapping in couplings.Invalid.Where(mapping => mapping.TableOn(side) == group.Key))
            {
                found.AddRange(group.Select(child => Unjudged(child, mapping.Name, side)));
            }

            foreach (var mapping in MappingsOver(side, group.Key))
            {
                foreach (var chunk in group.Chunk(ChunkSize))
                {
                    found.AddRange(await FindInAsync(side, mapping, chunk, gone, cancellationToken).ConfigureAwait(false));
                }
            }
        }

        return found;
    }

    // A pair whose other record is gone as well loses nothing, unless it was edited. A record without a partner exists nowhere else.
    private async Task<IEnumerable<CascadedRecord>> FindInAsync(
        SyncSide side, CompiledMapping mapping, Consequence[] children, HashSet<Coupling> gone, CancellationToken cancellationToken)
    {
        var ids = Array.ConvertAll(children, child => child.Record.Id);
        var coupled = await couplings.FindInAsync(mapping.Name, side, ids, cancellationToken).ConfigureAwait(false);
        var partners = await PartnersAsync(side.Opposite(), mapping, coupled, cancellationToken).ConfigureAwait(false);
        var pairs = coupled.ToDictionary(coupling => coupling.IdOf(side));
        return
            from child in children
            let pair = pairs.GetValueOrDefault(child.Record.Id)
            where pair is null || !gone.Contains(pair)
            let isUnsynchronized = pair is null
                ? WouldTake(mapping, side, child.Record)
                : mapping.Reads(side) && (pair.Base is null || UnsentEdits.AreIn(mapping, side, child.Record, pair.Base))
            where isUnsynchronized || pair is not null
            select new CascadedRecord(child.Cause, new(mapping.Name, new(side, child.Record.Id)), isUnsynchronized)
            {
                HasNoPartner = !isUnsynchronized && !partners.Contains(pair!.IdOf(side.Opposite())),
            };
    }

    // Of a mapping that cannot be run nobody knows which records it would take, and what of them it has not synchronized.
    private static CascadedRecord Unjudged(Consequence child, string mapping, SyncSide side) =>
        new(child.Cause, new(mapping, new(side, child.Record.Id)), IsUnsynchronized: true) { IsUnjudged = true };

    // Full runs create partners also where runs of modified records synchronize coupled records only.
    private static bool WouldTake(CompiledMapping mapping, SyncSide side, TableRecord record) =>
        mapping.Reads(side) && !mapping.Excludes(side, record);

    private async Task<HashSet<Guid>> PartnersAsync(
        SyncSide side, CompiledMapping mapping, IReadOnlyList<Coupling> coupled, CancellationToken cancellationToken)
    {
        if (coupled.Count == 0)
        {
            return [];
        }

        var query = new RecordQuery
        {
            Table = mapping.Schema(side).Name,
            Fields = [mapping.Schema(side).KeyField],
            Ids = [.. coupled.Select(coupling => coupling.IdOf(side))],
        };
        var records = await systems[side].ReadByIdAsync(query, cancellationToken).ConfigureAwait(false);
        var found = records.Select(record => record.Id).ToHashSet();
        var absent = query.Ids.Where(id => !found.Contains(id)).ToList();
        if (absent.Count > 0)
        {
            // A list may lack a record that exists.
            var presence = await systems[side].ProbeAsync(query.Table, absent, cancellationToken).ConfigureAwait(false);
            found.UnionWith(absent.Where(id => presence[id] != RecordPresence.Gone));
        }

        return found;
    }

    /// <summary>A record that a system deletes because of a deletion by the engine.</summary>
    private sealed record Consequence(string Table, TableRecord Record, Guid Cause);
}
