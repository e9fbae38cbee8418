using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A property of an <see cref="EntityShape"/>: primitive, or of a declared type.</summary>
internal sealed record PropertyShape(string Name, EdmPrimitiveTypeKind Kind, bool IsNullable = true)
{
    /// <summary>An enumeration or a complex type instead of the primitive one; null for the latter.</summary>
    public IEdmType? Declared { get; init; }
}
