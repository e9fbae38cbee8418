using System.Linq.Expressions;
using System.Reflection;

namespace Dataverse.Sync.Shapes;

/// <summary>Reads expressions such as <c>customer => customer.Name</c>.</summary>
internal static class MemberAccess
{
    /// <summary>Returns the property or field that an expression names.</summary>
    /// <exception cref="ArgumentException">The expression is something else.</exception>
    public static MemberInfo Of<T, TValue>(Expression<Func<T, TValue>> expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return expression.Body is MemberExpression { Expression: ParameterExpression, Member: var member }
            ? member
            : throw new ArgumentException(
                $"'{expression}' must name a property or field of {typeof(T).Name} and nothing else, "
                + "such as 'record => record.Name'. Use a converter to compute a value.",
                nameof(expression));
    }

    /// <summary>Compiles the getter of a member.</summary>
    public static Func<T, TValue> Getter<T, TValue>(MemberInfo member)
    {
        var item = Expression.Parameter(typeof(T));
        return Expression.Lambda<Func<T, TValue>>(Access(item, member), item).Compile();
    }

    /// <summary>Accesses a member, with its type.</summary>
    public static MemberExpression Access(Expression item, MemberInfo member) => member is PropertyInfo property
        ? Expression.Property(item, property)
        : Expression.Field(item, (FieldInfo)member);

    /// <summary>The type of a property or a field.</summary>
    public static Type TypeOf(MemberInfo member) =>
        member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    /// <summary>Whether a member can be set when an object is created.</summary>
    public static bool CanBeSet(MemberInfo member) => member is PropertyInfo property
        ? property.SetMethod is { IsPublic: true }
        : member is FieldInfo { IsInitOnly: false, IsLiteral: false };

    /// <summary>Whether a member of a reference type may be null. True if the compiler did not say.</summary>
    public static bool AllowsNull(MemberInfo member)
    {
        try
        {
            var context = new NullabilityInfoContext();
            var info = member is PropertyInfo property ? context.Create(property) : context.Create((FieldInfo)member);
            return info.ReadState != NullabilityState.NotNull;
        }
        catch (InvalidOperationException)
        {
            // A trimmed application may not keep what the compiler said.
            return true;
        }
    }
}
