using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// A boolean function that a filter calls on the row itself, written with the model's namespace:
/// <c>Some.Namespace.Name(Argument=…)</c>. Its meaning is supplied by <see cref="QueryDialect.RowFunctions"/>.
/// </summary>
internal sealed record RowFunctionShape(string Name, IReadOnlyList<RowFunctionParameter> Parameters);

/// <summary>A named argument of a row function; a collection is written as a JSON array.</summary>
internal sealed record RowFunctionParameter(string Name, EdmPrimitiveTypeKind Kind, bool IsCollection = false);
