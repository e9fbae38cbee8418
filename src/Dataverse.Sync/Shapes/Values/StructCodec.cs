namespace Dataverse.Sync.Shapes;

/// <summary>A value type. A blank is its default.</summary>
/// <param name="types">The types of fields that it fits.</param>
/// <param name="read">Reads a value that is not blank, or returns null.</param>
/// <param name="write">Writes a value.</param>
internal sealed class StructCodec<TValue>(
    FieldType[] types, Func<FieldValue, TValue?> read, Func<TValue, FieldValue> write) : ValueCodec<TValue>
    where TValue : struct
{
    public override bool TryRead(in FieldValue value, out TValue result)
    {
        var found = value.IsBlank ? default(TValue) : read(value);
        result = found.GetValueOrDefault();
        return found is not null;
    }

    public override FieldValue Write(TValue value) => write(value);

    public override bool Fits(FieldSchema field) =>
        Array.IndexOf(types, field.Type) >= 0 && ChoiceForms.MayHold(field, FieldValueKind.Integer);
}
