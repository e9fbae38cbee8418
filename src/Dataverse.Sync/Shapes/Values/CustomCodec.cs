namespace Dataverse.Sync.Shapes;

/// <summary>A type that the caller translates.</summary>
internal sealed class CustomCodec<TValue>(Func<FieldValue, TValue> read, Func<TValue, FieldValue> write) : ValueCodec<TValue>
{
    public override bool TryRead(in FieldValue value, out TValue? result)
    {
        result = default;
        if (value.Kind == FieldValueKind.Unreadable)
        {
            return false;
        }

        result = read(value);
        return true;
    }

    public override FieldValue Write(TValue? value) => write(value!);

    public override bool Fits(FieldSchema field) => true;
}
