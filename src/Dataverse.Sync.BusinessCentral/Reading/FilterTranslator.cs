using System.Buffers;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>
/// Translates the part of a filter that the service surely evaluates to no less than the engine does.
/// </summary>
/// <remarks>
/// The engine filters again, so a part left out costs traffic only, while a part that the service reads more strictly
/// would lose records. Left out are therefore: enumerations (refused), computed fields, order and parts of texts
/// (collation), inequality of texts (accents), instants (1/300 s), durations and times (formats), comparisons with null
/// (dropped by the service), negations, and filters that would make the address too long.
/// </remarks>
internal static class FilterTranslator
{
    // As for lists of alternatives, an address of twice the length fails.
    private const int MaxEncodedLength = 7_000;

    private static readonly SearchValues<char> Operators = SearchValues.Create("|&@<>=()");

    /// <summary>The translated part, or null when there is none.</summary>
    public static string? Translate(RecordFilter filter, TableDefinition table) =>
        Part(filter, table) is { } text && ODataLiteral.Encode(text).Length <= MaxEncodedLength ? text : null;

    private static string? Part(RecordFilter filter, TableDefinition table) => filter switch
    {
        FieldComparison comparison => Comparison(comparison, table),
        AllOf all => Join(all.Filters.Select(part => Part(part, table)).OfType<string>()),
        AnyOf any => Alternatives(any, table),
        _ => null,
    };

    private static string? Join(IEnumerable<string> parts)
    {
        var joined = string.Join(" and ", parts);
        return joined.Length == 0 ? null : joined;
    }

    // The service joins by "or" only conditions on one field; every alternative must be translated, or none.
    private static string? Alternatives(AnyOf any, TableDefinition table)
    {
        if (any.Filters.Count == 0 || any.Fields.Count != 1)
        {
            return null;
        }

        var parts = any.Filters.Select(part => part is AllOf ? Parenthesize(Part(part, table)) : Part(part, table)).ToList();
        return parts.Contains(null) ? null : $"({string.Join(" or ", parts)})";
    }

    private static string? Parenthesize(string? part) => part is null ? null : $"({part})";

    private static string? Comparison(FieldComparison comparison, TableDefinition table)
    {
        var field = table.Schema.Find(comparison.Field);
        if (field is null
            || table.Unfilterable.Contains(field.Name)
            || !FieldWriter.Accepts(field.Type, comparison.Value)
            || !FieldLimits.CanHold(field, comparison.Value))
        {
            return null;
        }

        return Operator(field, comparison) is { } symbol ? $"{field.Name} {symbol} {Literal(field.Type, comparison.Value)}" : null;
    }

    private static string? Operator(FieldSchema field, FieldComparison comparison) => comparison.Operator switch
    {
        ComparisonOperator.Equal => CanCompareEqual(field, comparison.Value) ? "eq" : null,
        ComparisonOperator.NotEqual => CanCompareUnequal(field, comparison.Value) ? "ne" : null,
        ComparisonOperator.Less => HasOrder(field.Type) ? "lt" : null,
        ComparisonOperator.LessOrEqual => HasOrder(field.Type) ? "le" : null,
        ComparisonOperator.Greater => HasOrder(field.Type) ? "gt" : null,
        ComparisonOperator.GreaterOrEqual => HasOrder(field.Type) ? "ge" : null,
        _ => null,
    };

    private static bool CanCompareEqual(FieldSchema field, FieldValue value) => field.Type == FieldType.Text
        ? !MayBeExpression(value.AsText())
        : IsIdentifier(field.Type) || CanCompareValue(field.Type, value);

    // The service makes a filter expression of its own of a comparison: "eq 'A*'" was seen to find what begins with A. That
    // finds more, but an operator within the text might find less.
    private static bool MayBeExpression(string text) =>
        text.AsSpan().ContainsAny(Operators) || text.Contains("..", StringComparison.Ordinal);

    // The collation may treat texts as equal that differ; only the blank code is certain.
    private static bool CanCompareUnequal(FieldSchema field, FieldValue value) =>
        IsIdentifier(field.Type) || CanCompareValue(field.Type, value) || (field.Type == FieldType.Text && field.IsCode && value.IsBlank);

    private static bool CanCompareValue(FieldType type, FieldValue value) =>
        !value.IsBlank && (type == FieldType.Boolean || HasOrder(type));

    private static bool HasOrder(FieldType type) => type is FieldType.Integer or FieldType.Decimal or FieldType.Date;

    private static bool IsIdentifier(FieldType type) => type is FieldType.Identifier or FieldType.Reference;

    private static string Literal(FieldType type, FieldValue value) => (type, value.IsBlank) switch
    {
        (FieldType.Text, true) => "''",
        (_, true) => ODataLiteral.Identifier(Guid.Empty),
        _ => ODataLiteral.Of(value),
    };
}
