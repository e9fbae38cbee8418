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

    private DeletionDecision With(DeletionDecision decision, List<RecordInMapping> cascaded)
    {
        var policy = settings.Options.CascadePolicy ?? settings.Mapping.Mapping.CascadePolicy;
        return policy == CascadePolicy.Uncouple
            ? decision with { Cascaded = cascaded }
            : decision with { Cascaded = cascaded, Action = DeletionAction.RecordConflict, Error = ErrorOf(cascaded) };
    }

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
    private async Task<ILookup<Guid, RecordInMapping>> FindAsync(
        SyncSide side, List<DeletionDecision> deleting, HashSet<Coupling> gone, CancellationToken cancellationToken)
    {
        var found = new List<(Guid Cause, RecordInMapping Record)>();
        var level = new List<(string Table, Guid Id, Guid Cause)>();
        var table = settings.Mapping.Schema(side).Name;
        level.AddRange(deleting.Select(decision => (table, decision.Missing.SurvivorKey.Id, decision.Missing.SurvivorKey.Id)));
        var seen = level.Select(item => (item.Table, item.Id)).ToHashSet();
        while (level.Count > 0)
        {
            var next = new List<(string Table, Guid Id, Guid Cause)>();
            foreach (var parents in level.GroupBy(item => item.Table))
            {
                var causes = parents.DistinctBy(item => item.Id).ToDictionary(item => item.Id, item => item.Cause);
                var cascades = await catalog.ReadAsync(side, systems[side], parents.Key, cancellationToken)
                    .ConfigureAwait(false);
                foreach (var cascade in cascades.Where(cascade => MappingsOver(side, cascade.Table).Any()))
                {
                    var children = await ReadAsync(side, parents.Key, cascade, causes, cancellationToken)
                        .ConfigureAwait(false);
                    next.AddRange(children.Where(child => seen.Add((child.Table, child.Id))));
                }
            }

            found.AddRange(await FindCoupledAsync(side, next, gone, cancellationToken).ConfigureAwait(false));
            level = next;
        }

        return found.ToLookup(item => item.Cause, item => item.Record);
    }

    private IEnumerable<CompiledMapping> MappingsOver(SyncSide side, string table) =>
        couplings.Mappings.Values.Where(mapping => mapping.Schema(side).Name == table);

    private async Task<List<(string Table, Guid Id, Guid Cause)>> ReadAsync(
        SyncSide side,
        string parentTable,
        DeletionCascade cascade,
        Dictionary<Guid, Guid> causes,
        CancellationToken cancellationToken)
    {
        var children = new List<(string Table, Guid Id, Guid Cause)>();
        foreach (var chunk in causes.Keys.Chunk(ChunkSize))
        {
            var query = new FieldQuery
            {
                Table = cascade.Table,
                Fields = [cascade.Field],
                Field = cascade.Field,
                Values = [.. chunk.Select(id => FieldValue.Reference(id, parentTable))],
            };
            var records = await systems[side].FindAsync(query, cancellationToken).ConfigureAwait(false);
            children.AddRange(records
                .Where(record => record[cascade.Field] is { IsId: true } parent && causes.ContainsKey(parent.AsIdentifier()))
                .Select(record => (cascade.Table, record.Id, causes[record[cascade.Field].AsIdentifier()])));
        }

        return children;
    }

    // A pair whose other record is gone as well loses nothing.
    private async Task<List<(Guid Cause, RecordInMapping Record)>> FindCoupledAsync(
        SyncSide side,
        List<(string Table, Guid Id, Guid Cause)> children,
        HashSet<Coupling> gone,
        CancellationToken cancellationToken)
    {
        var found = new List<(Guid Cause, RecordInMapping Record)>();
        foreach (var group in children.GroupBy(child => child.Table))
        {
            var causes = group.ToDictionary(child => child.Id, child => child.Cause);
            foreach (var mapping in MappingsOver(side, group.Key))
            {
                foreach (var chunk in causes.Keys.Chunk(ChunkSize))
                {
                    var coupled = await couplings.FindInAsync(mapping.Name, side, chunk, cancellationToken)
                        .ConfigureAwait(false);
                    var partners = await PartnersAsync(side.Opposite(), mapping, coupled, cancellationToken)
                        .ConfigureAwait(false);
                    found.AddRange(coupled
                        .Where(coupling => !gone.Contains(coupling) && partners.Contains(coupling.IdOf(side.Opposite())))
                        .Select(coupling => (causes[coupling.IdOf(side)],
                            new RecordInMapping(mapping.Name, new(side, coupling.IdOf(side))))));
                }
            }
        }

        return found;
    }

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
}
