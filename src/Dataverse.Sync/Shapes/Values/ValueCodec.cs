namespace Dataverse.Sync.Shapes;

/// <summary>Translates between the values of a type of .NET and those of a field. Immutable.</summary>
internal abstract class ValueCodec<TValue>
{
    /// <summary>Reads a value. Returns false if the type cannot hold it.</summary>
    public abstract bool TryRead(in FieldValue value, out TValue? result);

    /// <summary>Writes a value.</summary>
    /// <exception cref="FormatException">A field cannot hold it, such as a number that is infinite.</exception>
    public abstract FieldValue Write(TValue? value);

    /// <summary>Whether the type can hold the values of a field.</summary>
    public abstract bool Fits(FieldSchema field);
}
