using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Dataverse.Sync.Shapes;

/// <summary>Describes all properties of a class.</summary>
internal static class PropertyFields
{
    [RequiresDynamicCode("The types of the properties are known only at run time.")]
    [UnconditionalSuppressMessage(
        "Trimming", "IL2060", Justification = "The fields of an enumeration are kept as long as the enumeration is.")]
    public static IEnumerable<TypedField<T>> Of<[DynamicallyAccessedMembers(RecordCreator.Members)] T>(
        FieldConvention convention, Func<PropertyInfo, bool> isLeftOut)
        where T : class
    {
        var create = new Func<MemberInfo, FieldConvention, TypedField<T>>(Create<T, int>).Method.GetGenericMethodDefinition();
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var isWanted = property.GetMethod is { IsPublic: true }
                && property.GetIndexParameters().Length == 0
                && !property.IsDefined(typeof(SyncIgnoreAttribute), inherit: true)
                && !isLeftOut(property);
            if (isWanted)
            {
                yield return create.MakeGenericMethod(typeof(T), property.PropertyType)
                    .CreateDelegate<Func<MemberInfo, FieldConvention, TypedField<T>>>()(property, convention);
            }
        }
    }

    private static TypedField<T> Create<T, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TValue>(
        MemberInfo member, FieldConvention convention)
        where T : class =>
        FieldFactory.Of<T, TValue>(member, name: null, convention);
}
