using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using Dataverse.Sync.Shapes;

namespace Dataverse.Sync;

/// <summary>Builds a <see cref="TypedShape{T}"/>.</summary>
/// <typeparam name="T">The class.</typeparam>
/// <remarks>
/// Names come from a call, else from <see cref="SyncFieldAttribute"/>, else from the convention. Not safe for concurrent use.
/// Each method returns the same builder.
/// </remarks>
/// <param name="convention">The convention for names and enumerations.</param>
public sealed class TypedShapeBuilder<[DynamicallyAccessedMembers(RecordCreator.Members)] T>(FieldConvention convention)
    where T : class
{
    private readonly FieldConvention convention =
        convention ?? throw new ArgumentNullException(nameof(convention));

    private readonly List<TypedField<T>> fields = [];
    private string? table = typeof(T).GetCustomAttribute<SyncTableAttribute>()?.Name;
    private PropertyInfo? id = Array.Find(
        typeof(T).GetProperties(), property => property.IsDefined(typeof(SyncIdAttribute), inherit: true));

    /// <summary>Names the table, in place of <see cref="SyncTableAttribute"/>.</summary>
    /// <param name="name">The name of the table.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty, or white space.</exception>
    public TypedShapeBuilder<T> Table(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        table = name;
        return this;
    }

    /// <summary>Names the property that receives the id of a record, in place of <see cref="SyncIdAttribute"/>.</summary>
    /// <param name="member">The property, such as <c>customer => customer.Id</c>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="member"/> is not the access to a property.</exception>
    public TypedShapeBuilder<T> Id(Expression<Func<T, Guid>> member)
    {
        id = MemberAccess.Of(member) as PropertyInfo
            ?? throw new ArgumentException("The id must be a property.", nameof(member));
        return this;
    }

    /// <summary>Adds a property or a field of the class, or replaces what its field was held by.</summary>
    /// <typeparam name="TValue">The type of the member.</typeparam>
    /// <param name="member">The member, such as <c>customer => customer.Name</c>.</param>
    /// <param name="name">The name of the field, or null for that of the attribute or the convention.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="member"/> is not the access to a member, or there is no translation for its type.
    /// </exception>
    public TypedShapeBuilder<T> Field<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TValue>(
        Expression<Func<T, TValue>> member, string? name = null) =>
        Add(FieldFactory.Of<T, TValue>(MemberAccess.Of(member), name, convention));

    /// <summary>Adds a property or a field of the class with translations of its own.</summary>
    /// <typeparam name="TValue">The type of the member.</typeparam>
    /// <param name="member">The member, such as <c>customer => customer.Tags</c>.</param>
    /// <param name="read">Translates the value of the field, possibly blank. It must be pure.</param>
    /// <param name="write">Translates the value of the member. It must be pure.</param>
    /// <param name="name">The name of the field, or null for that of the attribute or the convention.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="member"/> is not the access to a member.</exception>
    /// <exception cref="ArgumentNullException">A translation is null.</exception>
    public TypedShapeBuilder<T> Field<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TValue>(
        Expression<Func<T, TValue>> member,
        Func<FieldValue, TValue> read,
        Func<TValue, FieldValue> write,
        string? name = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(write);
        return Add(FieldFactory.Of<T, TValue>(
            MemberAccess.Of(member), name, convention, new CustomCodec<TValue>(read, write)));
    }

    /// <summary>Adds a field that delegates get and set.</summary>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="name">The name of the field.</param>
    /// <param name="get">Gets the value.</param>
    /// <param name="set">Sets the value after the object was created, or null to write the field only.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="name"/> is null, empty, or white space, or there is no translation for the type.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="get"/> is null.</exception>
    public TypedShapeBuilder<T> Field<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TValue>(
        string name, Func<T, TValue> get, Action<T, TValue>? set)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(get);
        var codec = ValueCodecs.Find<TValue>(allowsNull: true, convention.Enums, referencedTable: null)
            ?? throw new ArgumentException(
                $"The value of field '{name}' is {ClrNames.Of(typeof(TValue))}, which has no equivalent among the values of fields.");
        return Add(new ClassField<T, TValue>($"{typeof(T).Name}[{name}]", name, get, set, codec));
    }

    /// <summary>
    /// Adds all public properties that have a getter and were not added before, except the id and those with a
    /// <see cref="SyncIgnoreAttribute"/>.
    /// </summary>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// There is no translation for the type of a property, or two properties have the same field.
    /// </exception>
    [RequiresDynamicCode("The types of the properties are known only when the shape is built. Name the members instead.")]
    public TypedShapeBuilder<T> AllProperties()
    {
        foreach (var field in PropertyFields.Of<T>(convention, property => property == id || IsKnown(property)))
        {
            if (fields.Find(known => known.Name == field.Name) is { } other)
            {
                throw new ArgumentException($"{field.Member} and {other.Member} both name field '{field.Name}'.");
            }

            fields.Add(field);
        }

        return this;
    }

    /// <summary>Creates the shape. The builder may be used further.</summary>
    /// <returns>The shape.</returns>
    public TypedShape<T> Build() => new(table, [.. fields], RecordCreator.Compile<T>(fields, id));

    private bool IsKnown(PropertyInfo property) => fields.Exists(field => field.Info?.Name == property.Name);

    private TypedShapeBuilder<T> Add(TypedField<T> field)
    {
        var place = fields.FindIndex(known => known.Name == field.Name);
        if (place < 0)
        {
            fields.Add(field);
        }
        else
        {
            fields[place] = field;
        }

        return this;
    }
}
