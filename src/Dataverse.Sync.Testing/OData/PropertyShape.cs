using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A primitive property of an <see cref="EntityShape"/>.</summary>
internal sealed record PropertyShape(string Name, EdmPrimitiveTypeKind Kind, bool IsNullable = true);
