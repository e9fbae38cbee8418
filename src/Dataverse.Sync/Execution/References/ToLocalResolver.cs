namespace Dataverse.Sync.Execution;

/// <summary>Translates integration references: integration record → coupling → local record → value.</summary>
internal sealed class ToLocalResolver(
    CompiledMapping mapping,
    MappingTables tables,
    MappingCouplings couplings,
    BlankReferences blanks,
    PreviewRecorder? preview)
{
    private readonly LinkTables links = new(tables.Systems.Local, mapping);

    public async Task<Dictionary<FieldValue, Translation>> ResolveAsync(
        CompiledField field, HashSet<FieldValue> values, CancellationToken cancellationToken)
    {
        var translations = new Dictionary<FieldValue, Translation>();
        if (values.Remove(FieldValue.Blank))
        {
            translations[FieldValue.Blank] = Translation.To(FieldValue.Blank);
        }

        await TranslateBlankAsync(field, values, translations, cancellationToken).ConfigureAwait(false);
        foreach (var via in field.Mapping.Lookup!.Via)
        {
            await ResolveViaAsync(field, via, values, translations, cancellationToken).ConfigureAwait(false);
        }

        foreach (var value in values.Where(value => !translations.ContainsKey(value)))
        {
            translations[value] = NotCoupled(field, value);
        }

        return translations;
    }

    private async Task TranslateBlankAsync(
        CompiledField field,
        HashSet<FieldValue> values,
        Dictionary<FieldValue, Translation> translations,
        CancellationToken cancellationToken)
    {
        if (values.Count == 0
            || await blanks.IdAsync(field, cancellationToken).ConfigureAwait(false) is not { } blank)
        {
            return;
        }

        foreach (var value in values.Where(value => value.AsIdentifier() == blank).ToList())
        {
            translations[value] = Translation.To(FieldValue.Blank);
            _ = values.Remove(value);
        }
    }

    private async Task ResolveViaAsync(
        CompiledField field,
        string via,
        HashSet<FieldValue> values,
        Dictionary<FieldValue, Translation> translations,
        CancellationToken cancellationToken)
    {
        var table = couplings.Mappings[via].Schema(SyncSide.Integration).Name;
        var open = values.Where(value =>
                !translations.ContainsKey(value) && (value.ReferencedTable is null || value.ReferencedTable == table))
            .ToList();
        if (open.Count == 0)
        {
            return;
        }

        var ids = open.ConvertAll(value => value.AsIdentifier());
        var found = await couplings.FindInAsync(via, SyncSide.Integration, ids, cancellationToken)
            .ConfigureAwait(false);
        var localIds = found.ToDictionary(coupling => coupling.IntegrationId, coupling => coupling.LocalId);
        var localValues = await LocalValuesAsync(field, via, localIds.Values, cancellationToken).ConfigureAwait(false);
        foreach (var value in open)
        {
            if (localIds.TryGetValue(value.AsIdentifier(), out var localId))
            {
                translations[value] = localValues.TryGetValue(localId, out var local)
                    ? Translation.To(local)
                    : NotFound(field, via, localId, value);
            }
        }
    }

    private async Task<Dictionary<Guid, FieldValue>> LocalValuesAsync(
        CompiledField field, string via, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var lookup = field.Mapping.Lookup!;
        if (ids.Count == 0 || lookup is { LocalKey: null, Link: null })
        {
            return ids.ToDictionary(id => id, FieldValue.Identifier);
        }

        var values = preview?.PlaceholdersFor(ids) ?? [];
        var existing = ids.Where(id => !values.ContainsKey(id)).ToList();
        if (existing.Count == 0)
        {
            return values;
        }

        if (lookup.Link is { } link)
        {
            await AddFromLinkAsync(values, link, existing, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await AddFromKeyAsync(values, via, lookup.LocalKey!, existing, cancellationToken).ConfigureAwait(false);
        }

        return values;
    }

    private async Task AddFromLinkAsync(
        Dictionary<Guid, FieldValue> values,
        LookupLink link,
        IReadOnlyList<Guid> ids,
        CancellationToken cancellationToken)
    {
        FieldValue[] targets = [.. ids.Select(FieldValue.Identifier)];
        var rows = await links.FindAsync(link, link.TargetField, targets, cancellationToken).ConfigureAwait(false);
        foreach (var row in rows.Where(row => row[link.TargetField].IsId))
        {
            values[row[link.TargetField].AsIdentifier()] = row[link.KeyField];
        }
    }

    private async Task AddFromKeyAsync(
        Dictionary<Guid, FieldValue> values,
        string via,
        string key,
        IReadOnlyList<Guid> ids,
        CancellationToken cancellationToken)
    {
        var table = couplings.Mappings[via].Schema(SyncSide.Local).Name;
        var query = new RecordQuery { Table = table, Fields = [key], Ids = ids };
        foreach (var record in await tables.Systems.Local.ReadByIdAsync(query, cancellationToken).ConfigureAwait(false))
        {
            values[record.Id] = record[key];
        }
    }

    private static Translation NotCoupled(CompiledField field, FieldValue value)
    {
        var key = field.Mapping.Key.Value;
        var via = field.Mapping.Lookup!.Via;
        var mappings = string.Join(" or ", via);
        var missing = $"The record {value.AsIdentifier()} that field mapping '{key}' refers to must be coupled "
            + $"in mapping {mappings}.";
        return Translation.Waiting(
            new(SyncErrorCodes.ReferenceNotCoupled, missing, key),
            new(via, new RecordKey(SyncSide.Integration, value.AsIdentifier())));
    }

    // A coupled record that its system does not return may be deleted, and nobody has decided about its partner yet. The
    // reference waits for that decision. A missing row of a link table is a fault of the data.
    private static Translation NotFound(CompiledField field, string via, Guid localId, FieldValue value)
    {
        var key = field.Mapping.Key.Value;
        var lookup = field.Mapping.Lookup!;
        var where = lookup.Link is { } link
            ? $"link table '{link.Table}' does not lead to"
            : $"no '{lookup.LocalKey}' was read for";
        var text = $"Field mapping '{key}' cannot be set: {where} the local record {localId} of mapping {via}.";
        var error = new SyncError(SyncErrorCodes.ReferenceNotFound, text, key);
        return lookup.SkipsRecordWhenNotFound ? Translation.Skip(error)
            : lookup.Link is not null ? Translation.Failed(error)
            : Translation.Waiting(error, new([via], new RecordKey(SyncSide.Integration, value.AsIdentifier())));
    }
}
