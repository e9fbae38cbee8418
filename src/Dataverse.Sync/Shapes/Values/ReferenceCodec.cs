namespace Dataverse.Sync.Shapes;

/// <summary>A GUID that refers to a record of one table.</summary>
internal sealed class ReferenceCodec(string table) : ValueCodec<Guid>
{
    public override bool TryRead(in FieldValue value, out Guid result)
    {
        var isRead = value.IsBlank || (value.IsId && (value.ReferencedTable ?? table) == table);
        result = isRead && !value.IsBlank ? value.AsIdentifier() : Guid.Empty;
        return isRead;
    }

    public override FieldValue Write(Guid value) => FieldValue.Reference(value, table);

    public override bool Fits(FieldSchema field) =>
        field.Type == FieldType.Reference && (field.ReferencedTables.Count == 0 || field.ReferencedTables.Contains(table));
}
