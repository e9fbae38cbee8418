namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds the local records to which local reference values refer: by id, by a key field, or through a link table.
/// </summary>
internal sealed class LocalTargets(
    ITableConnector local, CompiledMapping mapping, IReadOnlyDictionary<string, CompiledMapping> mappings)
{
    private readonly LinkTables links = new(local, mapping);

    public async Task<Dictionary<FieldValue, List<LocalTarget>>> FindAsync(
        LookupMapping lookup, IReadOnlyCollection<FieldValue> values, CancellationToken cancellationToken)
    {
        if (lookup.Link is { } link)
        {
            return await ThroughLinkAsync(lookup, link, values, cancellationToken).ConfigureAwait(false);
        }

        return lookup.LocalKey is { } key
            ? await ByKeyAsync(lookup, key, values, cancellationToken).ConfigureAwait(false)
            : values.ToDictionary(value => value, value => ById(lookup, value));
    }

    private static List<LocalTarget> ById(LookupMapping lookup, FieldValue id) =>
        [.. lookup.Via.Select(via => new LocalTarget(via, id.AsIdentifier()))];

    private async Task<Dictionary<FieldValue, List<LocalTarget>>> ByKeyAsync(
        LookupMapping lookup, string key, IReadOnlyCollection<FieldValue> values, CancellationToken cancellationToken)
    {
        var targets = new Dictionary<FieldValue, List<LocalTarget>>();
        foreach (var via in lookup.Via)
        {
            var table = mappings[via].Schema(SyncSide.Local);
            var query = new FieldQuery { Table = table.Name, Fields = [key], Field = key, Values = values };
            var records = await FittingQuestions.AskAsync(local, table, query, cancellationToken)
                .ConfigureAwait(false);
            var byKey = records.ToLookup(
                record => record[key].ToString(), record => record.Id, StringComparer.OrdinalIgnoreCase);
            foreach (var value in values)
            {
                AddTargets(targets, value, byKey[value.ToString()].Select(id => new LocalTarget(via, id)));
            }
        }

        return targets;
    }

    private async Task<Dictionary<FieldValue, List<LocalTarget>>> ThroughLinkAsync(
        LookupMapping lookup,
        LookupLink link,
        IReadOnlyCollection<FieldValue> values,
        CancellationToken cancellationToken)
    {
        var rows = await links.FindAsync(link, link.KeyField, values, cancellationToken).ConfigureAwait(false);
        var byKey = rows.ToLookup(row => row[link.KeyField]);
        var targets = new Dictionary<FieldValue, List<LocalTarget>>();
        foreach (var value in values)
        {
            var found = byKey[value].Select(row => TargetOf(lookup, link, row)).OfType<LocalTarget>();
            AddTargets(targets, value, found.OrderBy(target => IndexOf(lookup, target.Mapping)));
        }

        return targets;
    }

    private static LocalTarget? TargetOf(LookupMapping lookup, LookupLink link, TableRecord row)
    {
        var target = row[link.TargetField];
        var mapping = link.DiscriminatorField is { } discriminator
            ? link.MappingByValue.GetValueOrDefault(row[discriminator].ToString())
            : lookup.Via[0];
        return mapping is null || !target.IsId || IndexOf(lookup, mapping) < 0
            ? null
            : new(mapping, target.AsIdentifier());
    }

    private static int IndexOf(LookupMapping lookup, string mapping)
    {
        for (var index = 0; index < lookup.Via.Count; index++)
        {
            if (string.Equals(lookup.Via[index], mapping, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }

    private static void AddTargets(
        Dictionary<FieldValue, List<LocalTarget>> targets, FieldValue value, IEnumerable<LocalTarget> found)
    {
        if (!targets.TryGetValue(value, out var list))
        {
            targets[value] = list = [];
        }

        list.AddRange(found);
    }
}
