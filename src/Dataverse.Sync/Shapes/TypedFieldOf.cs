using System.Linq.Expressions;
using System.Reflection;

namespace Dataverse.Sync.Shapes;

/// <summary>A member of a class, whatever its type.</summary>
internal abstract class TypedField<T> : TypedField
    where T : class
{
    private protected TypedField(string member, string name, Type valueType)
        : base(member, name, valueType)
    {
    }

    /// <summary>The property or field, or null if delegates read and write the member.</summary>
    public MemberInfo? Info { get; init; }

    /// <summary>Gets the member as the value of its field.</summary>
    /// <exception cref="FormatException">A field cannot hold it.</exception>
    public abstract FieldValue Get(T item);

    /// <summary>Sets the member by its delegate, if it has one.</summary>
    /// <exception cref="FormatException">The member cannot hold the value, or the record lacks the field.</exception>
    public abstract void Set(T item, TableRecord record, int ordinal);

    /// <summary>The expression that reads the member from a record at the ordinal that an array has for it.</summary>
    public abstract Expression ReadFrom(Expression record, Expression ordinals, int index);
}
