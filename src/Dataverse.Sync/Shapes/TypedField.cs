namespace Dataverse.Sync;

/// <summary>A member of a class and the field whose value it holds.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
public abstract class TypedField
{
    private protected TypedField(string member, string name, Type valueType)
    {
        Member = member;
        Name = name;
        ValueType = valueType;
    }

    /// <summary>The member with its class, such as <c>Customer.PhoneNumber</c>.</summary>
    public string Member { get; }

    /// <summary>The name of the field.</summary>
    public string Name { get; }

    /// <summary>The type of the member.</summary>
    public Type ValueType { get; }

    /// <summary>Checks whether the type of the member can hold the values of a field.</summary>
    /// <param name="schema">The field.</param>
    /// <returns>A sentence without the end that says what is wrong, or null.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="schema"/> is null.</exception>
    public string? FindProblem(FieldSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return Fits(schema)
            ? null
            : $"{Member} is {Shapes.ClrNames.Of(ValueType)}, which cannot hold the values of field '{schema.Name}' of type {schema.Type}";
    }

    private protected abstract bool Fits(FieldSchema schema);
}
