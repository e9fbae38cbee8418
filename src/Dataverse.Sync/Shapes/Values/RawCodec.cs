namespace Dataverse.Sync.Shapes;

/// <summary>The value as it is.</summary>
internal sealed class RawCodec : ValueCodec<FieldValue>
{
    public override bool TryRead(in FieldValue value, out FieldValue result)
    {
        result = value;
        return value.Kind != FieldValueKind.Unreadable;
    }

    public override FieldValue Write(FieldValue value) => value;

    public override bool Fits(FieldSchema field) => true;
}
