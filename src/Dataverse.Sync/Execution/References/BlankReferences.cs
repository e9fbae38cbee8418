namespace Dataverse.Sync.Execution;

/// <summary>Finds, and where a rule says how creates, the integration records that blank local references stand for, such as the local currency.</summary>
internal sealed class BlankReferences(MappingRunContext run, RuleRunner rules)
{
    private readonly Dictionary<BlankReference, (FieldValue Key, Guid? Id)> known = [];

    public async Task<Translation> ToIntegrationAsync(CompiledField field, CancellationToken cancellationToken)
    {
        if (field.Mapping.Lookup!.Blank is null)
        {
            return Translation.To(FieldValue.Blank);
        }

        var id = await IdAsync(field, mayCreate: true, cancellationToken).ConfigureAwait(false);
        return id is { } found
            ? Translation.To(FieldValue.Reference(found, TableOf(field)))
            : Translation.Failed(new(SyncErrorCodes.ReferenceNotFound, $"The record that a blank in field mapping '{field.Mapping.Key}' stands for does not exist.", field.Mapping.Key.Value));
    }

    public async Task<Guid?> IdAsync(CompiledField field, bool mayCreate, CancellationToken cancellationToken)
    {
        if (field.Mapping.Lookup!.Blank is not { } blank)
        {
            return null;
        }

        if (!known.TryGetValue(blank, out var entry))
        {
            var key = await ReadKeyAsync(blank, cancellationToken).ConfigureAwait(false);
            entry = (key, key.IsBlank ? null : await FindAsync(field, blank, key, cancellationToken).ConfigureAwait(false));
            known[blank] = entry;
        }

        if (entry.Id is null && mayCreate && !entry.Key.IsBlank)
        {
            entry = (entry.Key, await CreateAsync(field, blank, entry.Key, cancellationToken).ConfigureAwait(false));
            known[blank] = entry;
        }

        return entry.Id;
    }

    private string TableOf(CompiledField field) => run.Mappings[field.Mapping.Lookup!.Via[0]].Integration.Name;

    private async Task<FieldValue> ReadKeyAsync(BlankReference blank, CancellationToken cancellationToken)
    {
        var rows = await run.Local.FindAsync(new() { Table = blank.LocalTable, Fields = [blank.LocalField], Field = blank.LocalField }, cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? FieldValue.Blank : rows[0][blank.LocalField];
    }

    private async Task<Guid?> FindAsync(CompiledField field, BlankReference blank, FieldValue key, CancellationToken cancellationToken)
    {
        var query = new FieldQuery { Table = TableOf(field), Fields = [blank.IntegrationField], Field = blank.IntegrationField, Values = [key] };
        var records = await run.Integration.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return records.Count == 1 ? records[0].Id : null;
    }

    // The id follows from scope, table, and key, so that a repetition after a crash meets the record it made before.
    private async Task<Guid?> CreateAsync(CompiledField field, BlankReference blank, FieldValue key, CancellationToken cancellationToken)
    {
        var table = TableOf(field);
        var id = NamedGuid.Create($"{run.Key.Scope}|{table}|{key}");
        if (run.Preview?.HasCreated(id) == true)
        {
            return id;
        }

        var values = await rules.CreateReferenceAsync(new(run.RuleContext, field.Mapping, table, key), cancellationToken).ConfigureAwait(false);
        if (values is null)
        {
            return null;
        }

        var operation = new WriteOperation { Kind = WriteKind.Insert, Id = id, Fields = values };
        var results = await run.Integration.WriteAsync(new(table, [operation]), cancellationToken).ConfigureAwait(false);
        return results[0].Status == WriteStatus.Applied ? results[0].Id : await FindAsync(field, blank, key, cancellationToken).ConfigureAwait(false);
    }
}
