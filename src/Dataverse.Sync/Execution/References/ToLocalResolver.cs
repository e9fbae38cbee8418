namespace Dataverse.Sync.Execution;

/// <summary>Translates integration references: integration record → coupling → local record → value.</summary>
internal sealed class ToLocalResolver(MappingRunContext run, BlankReferences blanks)
{
    private readonly LinkTables links = new(run);

    public async Task<Dictionary<FieldValue, Translation>> ResolveAsync(CompiledField field, HashSet<FieldValue> values, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<FieldValue, Translation>();
        if (values.Remove(FieldValue.Blank))
        {
            answers[FieldValue.Blank] = Translation.To(FieldValue.Blank);
        }

        if (values.Count > 0 && await blanks.IdAsync(field, mayCreate: false, cancellationToken).ConfigureAwait(false) is { } blank)
        {
            foreach (var value in values.Where(value => value.AsIdentifier() == blank).ToList())
            {
                answers[value] = Translation.To(FieldValue.Blank);
                _ = values.Remove(value);
            }
        }

        foreach (var via in field.Mapping.Lookup!.Via)
        {
            await ResolveViaAsync(field, via, values, answers, cancellationToken).ConfigureAwait(false);
        }

        foreach (var value in values.Where(value => !answers.ContainsKey(value)))
        {
            answers[value] = NotCoupled(field, value);
        }

        return answers;
    }

    private async Task ResolveViaAsync(CompiledField field, string via, HashSet<FieldValue> values, Dictionary<FieldValue, Translation> answers, CancellationToken cancellationToken)
    {
        var table = run.Mappings[via].Integration.Name;
        var asked = values.Where(value => !answers.ContainsKey(value) && (value.ReferencedTable is null || value.ReferencedTable == table)).ToList();
        if (asked.Count == 0)
        {
            return;
        }

        var couplings = await run.Store.FindAsync(run.KeyOf(via), SyncSide.Integration, [.. asked.Select(value => value.AsIdentifier())], cancellationToken).ConfigureAwait(false);
        var localIds = couplings.ToDictionary(coupling => coupling.IntegrationId, coupling => coupling.LocalId);
        var localValues = await LocalValuesAsync(field, via, localIds.Values, cancellationToken).ConfigureAwait(false);
        foreach (var value in asked)
        {
            if (localIds.TryGetValue(value.AsIdentifier(), out var localId))
            {
                answers[value] = localValues.TryGetValue(localId, out var local) ? Translation.To(local) : NotFound(field);
            }
        }
    }

    private async Task<Dictionary<Guid, FieldValue>> LocalValuesAsync(CompiledField field, string via, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var lookup = field.Mapping.Lookup!;
        if (ids.Count == 0 || (lookup.LocalKey is null && lookup.Link is null))
        {
            return ids.ToDictionary(id => id, FieldValue.Identifier);
        }

        var values = run.Preview?.PlaceholdersFor(ids) ?? [];
        var existing = ids.Where(id => !values.ContainsKey(id)).ToList();
        if (existing.Count == 0)
        {
            return values;
        }

        if (lookup.Link is { } link)
        {
            var rows = await links.FindAsync(link, link.TargetField, [.. existing.Select(FieldValue.Identifier)], cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
            {
                values[row[link.TargetField].AsIdentifier()] = row[link.KeyField];
            }

            return values;
        }

        var query = new RecordQuery { Table = run.Mappings[via].Local.Name, Fields = [lookup.LocalKey!], Ids = existing };
        foreach (var record in await run.Local.ReadByIdAsync(query, cancellationToken).ConfigureAwait(false))
        {
            values[record.Id] = record[lookup.LocalKey!];
        }

        return values;
    }

    private static Translation NotCoupled(CompiledField field, FieldValue value)
    {
        var via = field.Mapping.Lookup!.Via;
        return Translation.Waiting(
            new(SyncErrorCodes.ReferenceNotCoupled, $"The record that field mapping '{field.Mapping.Key}' refers to must be coupled in mapping {string.Join(" or ", via)}.", field.Mapping.Key.Value),
            new(via, new(SyncSide.Integration, value.AsIdentifier())));
    }

    private static Translation NotFound(CompiledField field)
    {
        var error = new SyncError(SyncErrorCodes.ReferenceNotFound, $"The local counterpart of the record that field mapping '{field.Mapping.Key}' refers to cannot be named.", field.Mapping.Key.Value);
        return field.Mapping.Lookup!.SkipsRecordWhenNotFound ? Translation.Skip(error) : Translation.Failed(error);
    }
}
