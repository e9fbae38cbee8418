namespace Dataverse.Sync.Shapes;

/// <summary>A value type that may be absent. A blank is null.</summary>
internal sealed class NullableCodec<TValue>(ValueCodec<TValue> inner) : ValueCodec<TValue?>
    where TValue : struct
{
    public override bool TryRead(in FieldValue value, out TValue? result)
    {
        result = null;
        if (value.IsBlank)
        {
            return true;
        }

        var isRead = inner.TryRead(value, out var found);
        result = isRead ? found : null;
        return isRead;
    }

    public override FieldValue Write(TValue? value) => value is { } present ? inner.Write(present) : FieldValue.Blank;

    public override bool Fits(FieldSchema field) => inner.Fits(field);
}
