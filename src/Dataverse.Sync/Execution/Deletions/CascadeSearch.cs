namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds the coupled records, of any mapping, that a system would delete together with the records that the engine
/// deletes.
/// </summary>
internal sealed class CascadeSearch(
    RunSettings settings, Sides<ITableConnector> systems, MappingCouplings couplings, CascadeCatalog catalog)
{
    // Limits the size of one request, and of the names in a message.
    private const int ChunkSize = 500;
    private const int NamesAtMost = 20;

    /// <summary>
    /// Adds to the decisions what the system would delete as a consequence. A deletion with consequences that are not
    /// allowed becomes a conflict.
    /// </summary>
    public async Task<List<DeletionDecision>> CompleteAsync(
        IReadOnlyList<DeletionDecision> decisions, CancellationToken cancellationToken)
    {
        var completed = new List<DeletionDecision>(decisions);
        foreach (var side in Sides.Both)
        {
            var deleting = completed
                .Where(decision => decision.Action == DeletionAction.DeleteSurvivor && decision.Missing.SurvivingSide == side)
                .ToList();
            if (deleting.Count == 0)
            {
                continue;
            }

            var gone = decisions.Select(decision => decision.Coupling).ToHashSet();
            var found = await FindAsync(side, deleting, gone, cancellationToken).ConfigureAwait(false);
            completed = completed.ConvertAll(decision =>
                decision.Action == DeletionAction.DeleteSurvivor && found[decision.Missing.SurvivorKey.Id].ToList() is { Count: > 0 } more
                    ? With(decision, more)
                    : decision);
        }

        return completed;
    }

    private DeletionDecision With(DeletionDecision decision, List<CascadedRecord> cascaded)
    {
        var records = cascaded.ConvertAll(item => item.Record);
        if (settings.Options.CascadePolicy is { } decided)
        {
            // Whoever decides for one run has seen the records.
            return decided == CascadePolicy.Uncouple ? decision with { Cascaded = records } : Conflict(decision, records);
        }

        var isAllowed = settings.Mapping.Mapping.CascadePolicy == CascadePolicy.Uncouple && !cascaded.Exists(item => item.IsUnsynchronized);
        return isAllowed ? decision with { Cascaded = records } : Conflict(decision, records);
    }

    private static DeletionDecision Conflict(DeletionDecision decision, List<RecordInMapping> cascaded) =>
        decision with { Cascaded = cascaded, Action = DeletionAction.RecordConflict, Error = ErrorOf(cascaded) };

    private static SyncError ErrorOf(List<RecordInMapping> cascaded)
    {
        var names = string.Join(", ", cascaded.Take(NamesAtMost).Select(record => $"{record.Mapping} {record.Record.Id}"));
        var more = cascaded.Count > NamesAtMost ? $", and {cascaded.Count - NamesAtMost} more" : string.Empty;
        return new(
            SyncErrorCodes.CascadingDeletion,
            $"If the record is deleted, its system also deletes records that nobody deleted: {names}{more}. Delete it with "
                + $"{nameof(CascadePolicy)}.{nameof(CascadePolicy.Uncouple)}, which keeps their partners, or remove the coupling.");
    }

    // Level by level: what refers to the deleted records, then what refers to those.
    private async Task<ILookup<Guid, CascadedRecord>> FindAsync(
        SyncSide side, List<DeletionDecision> deleting, HashSet<Coupling> gone, CancellationToken cancellationToken)
    {
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
                foreach (var cascade in cascades.Where(cascade => MappingsOver(side, cascade.Table).Any()))
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
        var judged = MappingsOver(side, cascade.Table).SelectMany(mapping => mapping.FieldsToJudge(side));
        List<string> fields = [.. judged.Prepend(cascade.Field).Distinct(StringComparer.Ordinal)];
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
                : mapping.Reads(side) && pair.VersionOf(side) != Fingerprint.OfVersion(child.Record.Version)
            where isUnsynchronized || (pair is not null && partners.Contains(pair.IdOf(side.Opposite())))
            select new CascadedRecord(child.Cause, new(mapping.Name, new(side, child.Record.Id)), isUnsynchronized);
    }

    private static bool WouldTake(CompiledMapping mapping, SyncSide side, TableRecord record) =>
        mapping.Reads(side) && !mapping.Mapping.SynchronizesOnlyCoupledRecords && !mapping.Excludes(side, record);

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
        return [.. records.Select(record => record.Id)];
    }

    /// <summary>A record that a system deletes because of a deletion by the engine.</summary>
    private sealed record Consequence(string Table, TableRecord Record, Guid Cause);
}
