using System.Text;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>Writes values as the service's literals, where a column can hold them.</summary>
internal static class LiteralOf
{
    /// <summary>Whether a column could hold a value, so that a comparison with it makes sense to the service.</summary>
    public static bool Fits(Column column, FieldValue value) => column.Type switch
    {
        FieldType.Text => value.Kind == FieldValueKind.Text && IsSendable(value.AsText()),
        FieldType.Boolean => value.Kind == FieldValueKind.Boolean,
        FieldType.Integer => IsInteger(value, long.MinValue, long.MaxValue),
        FieldType.Choice => IsInteger(value, int.MinValue, int.MaxValue),
        FieldType.Decimal => value.Kind is FieldValueKind.Integer or FieldValueKind.Decimal,
        FieldType.Identifier or FieldType.Reference => value.Kind is FieldValueKind.Identifier or FieldValueKind.Reference,
        FieldType.Date => value.Kind == FieldValueKind.Date,
        FieldType.DateTime => value.Kind == FieldValueKind.DateTime,
        _ => false,
    };

    /// <summary>The literal of a value that fits the column.</summary>
    public static string Value(Column column, FieldValue value) => column.Type is FieldType.Integer or FieldType.Choice
        ? FieldValue.Integer((long)value.AsDecimal()).ToString()
        : ODataLiteral.Of(value);

    /// <summary>The literal of a part of a text, in which the service's wildcards mean themselves.</summary>
    public static string Pattern(FieldValue value)
    {
        var escaped = new StringBuilder(value.AsText().Length);
        foreach (var character in value.AsText())
        {
            _ = character is '%' or '_' or '[' ? escaped.Append('[').Append(character).Append(']') : escaped.Append(character);
        }

        return ODataLiteral.Text(escaped.ToString());
    }

    private static bool IsInteger(FieldValue value, long least, long greatest) =>
        value.Kind is FieldValueKind.Integer or FieldValueKind.Decimal
        && value.AsDecimal() is var number && number == decimal.Truncate(number) && number >= least && number <= greatest;

    // No stored text holds half a surrogate pair or a control character that XML forbids, and neither can be sent.
    private static bool IsSendable(string text) => TextRules.Problem(text) is null;
}
