namespace Dataverse.Sync.Execution;

/// <summary>Translates local references: value → local record → coupling → integration record.</summary>
internal sealed class ToIntegrationResolver(
    CompiledMapping mapping, MappingTables tables, MappingCouplings couplings, BlankReferences blanks)
{
    private readonly LocalTargets targets = new(tables.Systems.Local, mapping, couplings.Mappings);

    public async Task<Dictionary<FieldValue, Translation>> ResolveAsync(
        CompiledField field, HashSet<FieldValue> values, CancellationToken cancellationToken)
    {
        var translations = new Dictionary<FieldValue, Translation>();
        if (values.Remove(FieldValue.Blank))
        {
            translations[FieldValue.Blank] = await blanks.ToIntegrationAsync(field, cancellationToken)
                .ConfigureAwait(false);
        }

        if (values.Count == 0)
        {
            return translations;
        }

        var found = await targets.FindAsync(field.Mapping.Lookup!, values, cancellationToken).ConfigureAwait(false);
        var partners = await FindPartnersAsync(found.Values.SelectMany(list => list), cancellationToken)
            .ConfigureAwait(false);
        foreach (var value in values)
        {
            translations[value] = Translate(field, value, found.GetValueOrDefault(value) ?? [], partners);
        }

        return translations;
    }

    private Translation Translate(
        CompiledField field,
        FieldValue value,
        IReadOnlyList<LocalTarget> candidates,
        Dictionary<LocalTarget, Guid> partners)
    {
        foreach (var candidate in candidates)
        {
            if (partners.TryGetValue(candidate, out var partner))
            {
                var table = couplings.Mappings[candidate.Mapping].Schema(SyncSide.Integration).Name;
                return Translation.To(FieldValue.Reference(partner, table));
            }
        }

        var key = field.Mapping.Key.Value;
        if (candidates.Count > 0)
        {
            var via = candidates[0].Mapping;
            var missing = $"The record '{value}' that field mapping '{key}' refers to must be coupled "
                + $"in mapping {via}.";
            return Translation.Waiting(
                new(SyncErrorCodes.ReferenceNotCoupled, missing, key),
                new(via, new RecordKey(SyncSide.Local, candidates[0].Id)));
        }

        var lookup = field.Mapping.Lookup!;
        var mappings = string.Join(" or ", lookup.Via);
        var where = lookup.Link is { } link ? $"link table '{link.Table}' leads from it to no record"
            : lookup.LocalKey is { } localKey ? $"no record has it as '{localKey}'"
            : "there is no such record";
        var text = $"Field mapping '{key}' refers to '{value}', but {where} of mapping {mappings}.";
        var error = new SyncError(SyncErrorCodes.ReferenceNotFound, text, key);
        return lookup.SkipsRecordWhenNotFound ? Translation.Skip(error) : Translation.Failed(error);
    }

    private async Task<Dictionary<LocalTarget, Guid>> FindPartnersAsync(
        IEnumerable<LocalTarget> wanted, CancellationToken cancellationToken)
    {
        var partners = new Dictionary<LocalTarget, Guid>();
        foreach (var group in wanted.Distinct().GroupBy(target => target.Mapping, target => target.Id))
        {
            var found = await couplings.FindInAsync(group.Key, SyncSide.Local, [.. group], cancellationToken)
                .ConfigureAwait(false);
            foreach (var coupling in found)
            {
                partners[new(group.Key, coupling.LocalId)] = coupling.IntegrationId;
            }
        }

        return partners;
    }
}
