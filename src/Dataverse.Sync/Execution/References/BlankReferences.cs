namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds the integration records that blank local references stand for, such as the local currency, and creates them if
/// a rule says how.
/// </summary>
internal sealed class BlankReferences(
    MappingTables tables, MappingCouplings couplings, RuleRunner rules, PreviewRecorder? preview)
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
            : Translation.Failed(NotFound(field));
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
            var id = key.IsBlank ? null : await FindAsync(field, blank, key, cancellationToken).ConfigureAwait(false);
            entry = (key, id);
            known[blank] = entry;
        }

        if (entry.Id is null && mayCreate && !entry.Key.IsBlank)
        {
            entry = (entry.Key, await CreateAsync(field, blank, entry.Key, cancellationToken).ConfigureAwait(false));
            known[blank] = entry;
        }

        return entry.Id;
    }

    private static SyncError NotFound(CompiledField field)
    {
        var key = field.Mapping.Key.Value;
        var text = $"The record that a blank in field mapping '{key}' stands for does not exist.";
        return new(SyncErrorCodes.ReferenceNotFound, text, key);
    }

    private string TableOf(CompiledField field) =>
        couplings.Mappings[field.Mapping.Lookup!.Via[0]].Schema(SyncSide.Integration).Name;

    private async Task<FieldValue> ReadKeyAsync(BlankReference blank, CancellationToken cancellationToken)
    {
        var query = new FieldQuery { Table = blank.LocalTable, Fields = [blank.LocalField], Field = blank.LocalField };
        var rows = await tables.Systems.Local.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? FieldValue.Blank : rows[0][blank.LocalField];
    }

    private async Task<Guid?> FindAsync(
        CompiledField field, BlankReference blank, FieldValue key, CancellationToken cancellationToken)
    {
        var query = new FieldQuery
        {
            Table = TableOf(field),
            Fields = [blank.IntegrationField],
            Field = blank.IntegrationField,
            Values = [key],
        };
        var records = await tables.Systems.Integration.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return records.Count == 1 ? records[0].Id : null;
    }

    // The id is derived from scope, table, and key, so an insert that is repeated after a crash finds the first record.
    private async Task<Guid?> CreateAsync(
        CompiledField field, BlankReference blank, FieldValue key, CancellationToken cancellationToken)
    {
        var table = TableOf(field);
        var id = NamedGuid.Create($"{couplings.Scope}|{table}|{key}");
        if (preview?.HasCreated(id) == true)
        {
            return id;
        }

        var values = await rules.CreateReferenceAsync(field.Mapping, table, key, cancellationToken)
            .ConfigureAwait(false);
        if (values is null)
        {
            return null;
        }

        var operation = new WriteOperation { Kind = WriteKind.Insert, Id = id, Fields = values };
        var batch = new WriteBatch(table, [operation]);
        var results = await tables.Systems.Integration.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        return results[0].Status == WriteStatus.Applied
            ? results[0].Id
            : await FindAsync(field, blank, key, cancellationToken).ConfigureAwait(false);
    }
}
