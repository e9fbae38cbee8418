using System.Globalization;
using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Reads the arguments of a query function: the column by its name, and values in the type of the column.</summary>
internal static class FunctionBinding
{
    /// <summary>
    /// The column of the call. The functions take the logical name, so that a lookup may be called by its name without the
    /// underscores too.
    /// </summary>
    /// <exception cref="ODataQueryException">The type has no such column.</exception>
    public static IEdmStructuralProperty Property(IEdmEntityType type, IReadOnlyDictionary<string, object?> arguments)
    {
        var name = arguments.GetValueOrDefault(QueryFunctions.Property) as string ?? "";
        return type.FindProperty(name) as IEdmStructuralProperty
            ?? type.FindProperty($"_{name}_value") as IEdmStructuralProperty
            ?? throw new ODataQueryException(
                ODataQueryFault.UnknownProperty, $"Could not find a property named '{name}' on type '{type.FullName()}'.");
    }

    /// <summary>The column of the call, which must have one of some types.</summary>
    /// <exception cref="ODataQueryException">The type has no such column, or it has another type.</exception>
    public static IEdmStructuralProperty Property(
        IEdmEntityType type, IReadOnlyDictionary<string, object?> arguments, params ReadOnlySpan<EdmPrimitiveTypeKind> kinds)
    {
        var property = Property(type, arguments);
        return kinds.Contains(property.Type.PrimitiveKind())
            ? property
            : throw new ODataQueryException(
                ODataQueryFault.Syntax, $"The function does not apply to the type of the property '{property.Name}'.");
    }

    /// <exception cref="ODataQueryException">A value does not have the type of the column.</exception>
    public static object?[] Values(IEdmStructuralProperty property, IReadOnlyDictionary<string, object?> arguments)
    {
        var texts = !arguments.TryGetValue(QueryFunctions.Values, out var many)
            ? [arguments.GetValueOrDefault(QueryFunctions.Value)]
            : many as object?[] is { Length: > 0 } list
                ? list
                : throw new ODataQueryException(ODataQueryFault.Syntax, $"The function on '{property.Name}' needs values.");
        return Array.ConvertAll(texts, text => Parse(property, text));
    }

    private static object? Parse(IEdmStructuralProperty property, object? text)
    {
        var written = Convert.ToString(text, CultureInfo.InvariantCulture);
        return written is null ? null : TryParse(property.Type.PrimitiveKind(), written)
            ?? throw new ODataQueryException(
                ODataQueryFault.Syntax, $"A value for '{property.Name}' is not valid for its type.");
    }

    private static object? TryParse(EdmPrimitiveTypeKind kind, string text)
    {
        var invariant = CultureInfo.InvariantCulture;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal;
        return kind switch
        {
            EdmPrimitiveTypeKind.Int32 or EdmPrimitiveTypeKind.Int64 =>
                long.TryParse(text, NumberStyles.Integer, invariant, out var number) ? number : null,
            EdmPrimitiveTypeKind.Decimal or EdmPrimitiveTypeKind.Double =>
                decimal.TryParse(text, NumberStyles.Float, invariant, out var number) ? number : null,
            EdmPrimitiveTypeKind.Boolean => text switch
            {
                "1" => true,
                "0" => false,
                _ =>
                bool.TryParse(text, out var flag) ? flag : null
            },
            EdmPrimitiveTypeKind.Guid => Guid.TryParse(text, out var id) ? id : null,
            EdmPrimitiveTypeKind.DateTimeOffset or EdmPrimitiveTypeKind.Date =>
                DateTimeOffset.TryParse(text, invariant, Utc, out var time) ? time : null,
            _ => text,
        };
    }
}
