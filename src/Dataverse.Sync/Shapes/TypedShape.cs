using System.Diagnostics.CodeAnalysis;
using Dataverse.Sync.Shapes;

namespace Dataverse.Sync;

/// <summary>Creates shapes of classes.</summary>
public static class TypedShape
{
    /// <summary>Creates a shape of all properties of a class.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="convention">The convention for names and enumerations.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="convention"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// There is no translation for the type of a property, or two properties have the same field.
    /// </exception>
    [RequiresDynamicCode("The types of the properties are known only when the shape is built. Name the members instead.")]
    public static TypedShape<T> Of<[DynamicallyAccessedMembers(RecordCreator.Members)] T>(FieldConvention convention)
        where T : class =>
        new TypedShapeBuilder<T>(convention).AllProperties().Build();

    /// <summary>Creates a shape of the members that a delegate adds.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="convention">The convention for names and enumerations.</param>
    /// <param name="build">Adds the members.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static TypedShape<T> Of<[DynamicallyAccessedMembers(RecordCreator.Members)] T>(
        FieldConvention convention, Action<TypedShapeBuilder<T>> build)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(build);
        var builder = new TypedShapeBuilder<T>(convention);
        build(builder);
        return builder.Build();
    }
}
