namespace Dataverse.Sync.Execution;

/// <summary>
/// The records that a preview pretends to create in a system that numbers its records, so that the preview shows that
/// the number is synchronized back.
/// </summary>
internal sealed class NewRecords(CompiledMapping mapping, SyncSide side)
{
    private readonly RecordLayout layout = new(mapping.Schema(side).Name, mapping.ReadFields(side));

    /// <summary>The record that an insert would create, or null for any other write.</summary>
    public TableRecord? Find(string table, WriteOperation operation, Guid id)
    {
        var schema = mapping.Schema(side);
        var isNumbered = operation.Kind == WriteKind.Insert
            && table == schema.Name
            && schema is { KeepsChosenIds: false, BusinessKeyField: { } key }
            && operation.Fields.ValueOf(key) is null or { IsBlank: true };
        if (!isNumbered)
        {
            return null;
        }

        var values = new FieldValue[layout.Fields.Count];
        for (var place = 0; place < values.Length; place++)
        {
            var field = layout.Fields[place];
            values[place] = field == schema.BusinessKeyField
                ? PreviewRecorder.Placeholder
                : operation.Fields.ValueOf(field) ?? FieldValue.Blank;
        }

        return new(layout, id, values);
    }
}
