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

        var blank = field.Mapping.Lookup.Blank;
        var (key, id) = await FindAsync(field, blank, cancellationToken).ConfigureAwait(false);
        SyncError? error = null;
        if (id is null && !key.IsBlank)
        {
            (id, error) = await CreateAsync(field, blank, key, cancellationToken).ConfigureAwait(false);
            known[blank] = (key, id);
        }

        return id is { } found
            ? Translation.To(FieldValue.Reference(found, TableOf(field)))
            : Translation.Failed(error ?? NotFound(field, blank, key));
    }

    /// <summary>Returns the id of the record that a blank stands for, or null if there is none.</summary>
    public async Task<Guid?> IdAsync(CompiledField field, CancellationToken cancellationToken) =>
        field.Mapping.Lookup!.Blank is { } blank
            ? (await FindAsync(field, blank, cancellationToken).ConfigureAwait(false)).Id
            : null;

    private async Task<(FieldValue Key, Guid? Id)> FindAsync(
        CompiledField field, BlankReference blank, CancellationToken cancellationToken)
    {
        if (!known.TryGetValue(blank, out var entry))
        {
            var key = await ReadKeyAsync(blank, cancellationToken).ConfigureAwait(false);
            var id = key.IsBlank ? null : await FindAsync(field, blank, key, cancellationToken).ConfigureAwait(false);
            entry = (key, id);
            known[blank] = entry;
        }

        return entry;
    }

    private SyncError NotFound(CompiledField field, BlankReference blank, FieldValue key)
    {
        var name = field.Mapping.Key.Value;
        var reason = key.IsBlank
            ? $"field '{blank.LocalField}' of table '{blank.LocalTable}', which names that record, is blank"
            : $"table '{TableOf(field)}' does not have exactly one record whose '{blank.IntegrationField}' is '{key}'";
        var text = $"A blank in field mapping '{name}' stands for a record that was not found: {reason}.";
        return new(SyncErrorCodes.ReferenceNotFound, text, name);
    }

    private string TableOf(CompiledField field) => SchemaOf(field).Name;

    private TableSchema SchemaOf(CompiledField field) =>
        couplings.Mappings[field.Mapping.Lookup!.Via[0]].Schema(SyncSide.Integration);

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
        var records = await FittingQuestions
            .AskAsync(tables.Systems.Integration, SchemaOf(field), query, cancellationToken).ConfigureAwait(false);
        return records.Count == 1 ? records[0].Id : null;
    }

    // The id is derived from scope, table, and key, so an insert that is repeated after a crash finds the first record.
    private async Task<(Guid? Id, SyncError? Error)> CreateAsync(
        CompiledField field, BlankReference blank, FieldValue key, CancellationToken cancellationToken)
    {
        var table = TableOf(field);
        var id = NamedGuid.Create($"{couplings.Scope}|{table}|{key}");
        if (preview?.HasCreated(id) == true)
        {
            return (id, null);
        }

        var (values, failure) = await rules.CreateReferenceAsync(field.Mapping, table, key, cancellationToken)
            .ConfigureAwait(false);
        if (values is null)
        {
            return (null, failure);
        }

        var operation = new WriteOperation { Kind = WriteKind.Insert, Id = id, Fields = values };
        var batch = new WriteBatch(table, [operation]);
        var system = tables.Systems.Integration;
        var results = WriteAnswers.Check(
            system.Name,
            batch.Operations,
            await system.WriteAsync(batch, cancellationToken).ConfigureAwait(false));
        if (results[0].Status == WriteStatus.Applied)
        {
            return (results[0].Id, null);
        }

        // Another run may have created the record, or the response was lost.
        var found = await FindAsync(field, blank, key, cancellationToken).ConfigureAwait(false);
        return (found, found is null ? WriteErrors.Of(results[0]) with { Field = field.Mapping.Key.Value } : null);
    }
}
