using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Dataverse.Sync.Shapes;

/// <summary>Describes members of classes by attributes and a convention.</summary>
internal static class FieldFactory
{
    /// <summary>Describes a member.</summary>
    /// <param name="member">The property or field.</param>
    /// <param name="name">The name of the field, or null for that of the attribute or the convention.</param>
    /// <param name="convention">The convention.</param>
    /// <param name="custom">The translation, or null for that of the type.</param>
    /// <exception cref="ArgumentException">There is no translation for the type.</exception>
    public static ClassField<T, TValue> Of<T, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TValue>(
        MemberInfo member, string? name, FieldConvention convention, ValueCodec<TValue>? custom = null)
        where T : class
    {
        var fullName = $"{typeof(T).Name}.{member.Name}";
        var reference = member.GetCustomAttribute<SyncFieldAttribute>()?.ReferencedTable;
        var codec = custom
            ?? ValueCodecs.Find<TValue>(MemberAccess.AllowsNull(member), convention.Enums, reference)
            ?? throw new ArgumentException(
                $"{fullName} is {ClrNames.Of(typeof(TValue))}, which has no equivalent among the values of fields"
                + (reference is null ? ". Use a type that has, or name both translations."
                    : $"; a reference to table '{reference}' is a Guid."));
        return new(fullName, name ?? NameOf(member, convention), MemberAccess.Getter<T, TValue>(member), null, codec)
        {
            Info = member,
        };
    }

    private static string NameOf(MemberInfo member, FieldConvention convention)
    {
        var name = member.GetCustomAttribute<SyncFieldAttribute>()?.Name ?? convention.NameOf(member.Name);
        return string.IsNullOrWhiteSpace(name)
            ? throw new ArgumentException($"The name of the field for {member.DeclaringType?.Name}.{member.Name} is empty.")
            : name;
    }
}
