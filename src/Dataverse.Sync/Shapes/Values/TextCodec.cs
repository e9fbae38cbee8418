namespace Dataverse.Sync.Shapes;

/// <summary>A text. A blank is null, or the empty text where null is not allowed.</summary>
internal sealed class TextCodec(bool allowsNull) : ValueCodec<string>
{
    public override bool TryRead(in FieldValue value, out string? result)
    {
        result = value.Kind switch
        {
            FieldValueKind.Blank => allowsNull ? null : string.Empty,
            FieldValueKind.Text => value.AsText(),
            _ => null,
        };
        return value.Kind is FieldValueKind.Blank or FieldValueKind.Text;
    }

    public override FieldValue Write(string? value) => FieldValue.Text(value);

    public override bool Fits(FieldSchema field) => field.Type switch
    {
        FieldType.Text => true,
        FieldType.Choice => ChoiceForms.MayHold(field, FieldValueKind.Text),
        _ => false,
    };
}
