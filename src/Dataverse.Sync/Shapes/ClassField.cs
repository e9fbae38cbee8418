using System.Linq.Expressions;

namespace Dataverse.Sync.Shapes;

/// <summary>A member of a class with its type.</summary>
internal sealed class ClassField<T, TValue>(
    string member, string name, Func<T, TValue> get, Action<T, TValue>? set, ValueCodec<TValue> codec)
    : TypedField<T>(member, name, typeof(TValue))
    where T : class
{
    public override FieldValue Get(T item) => ToField(get(item));

    /// <summary>Writes a value of the member as one of the field.</summary>
    /// <exception cref="FormatException">A field cannot hold it.</exception>
    public FieldValue ToField(TValue? value)
    {
        try
        {
            return codec.Write(value);
        }
        catch (FormatException unfit)
        {
            throw new FormatException($"{Member} cannot be written to field '{Name}': {unfit.Message}.", unfit);
        }
    }

    /// <summary>Reads a value of the field as one of the member.</summary>
    /// <exception cref="FormatException">The member cannot hold it.</exception>
    public TValue? ToMember(in FieldValue value) => codec.TryRead(value, out var result)
        ? result
        : throw new FormatException(
            $"{Member} of type {ClrNames.Of(ValueType)} cannot hold the value of field '{Name}', "
            + $"which is of the kind {value.Kind}.");

    public override void Set(T item, TableRecord record, int ordinal) => set?.Invoke(item, Read(record, ordinal)!);

    public override Expression ReadFrom(Expression record, Expression ordinals, int index)
    {
        Expression<Func<TableRecord, int[], TValue?>> read = (from, places) => Read(from, places[index]);
        return Expression.Invoke(read, record, ordinals);
    }

    private protected override bool Fits(FieldSchema schema) => codec.Fits(schema);

    private TValue? Read(TableRecord record, int ordinal) => ordinal >= 0
        ? ToMember(record[ordinal])
        : throw new FormatException(
            $"{Member} cannot be read: the record of table '{record.Layout.Table}' does not contain field '{Name}'.");
}
