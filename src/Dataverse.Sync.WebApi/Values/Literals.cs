using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Writes values as literals of a query.</summary>
internal static class Literals
{
    /// <summary>The literal of a value that a field of the type accepts.</summary>
    public static string Of(FieldType type, FieldValue value) => type switch
    {
        FieldType.Integer or FieldType.Choice => FieldValue.Integer((long)value.AsDecimal()).ToString(),
        FieldType.Duration => FieldValue.Integer(ColumnValues.MinutesOf(value)!.Value).ToString(),
        _ => ODataLiteral.Of(value),
    };

    /// <summary>The literal of a part of a text; the service's wildcards are escaped.</summary>
    public static string Pattern(FieldValue value) => ODataLiteral.Text(LikePattern.Escape(value.AsText()));
}
