using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Translates the part of a filter that the service surely evaluates to no less than the engine does.</summary>
/// <remarks>
/// The engine filters again, so a part left out costs traffic only, while a part that the service reads more strictly would lose
/// records. Left out are therefore: enumerations (refused), computed fields, order and parts of texts (collation), inequality of
/// texts (accents), instants (1/300 s), comparisons with null (dropped by the service), and negations.
/// </remarks>
internal static class FilterTranslator
{
    /// <summary>The translated part, or null when there is none.</summary>
    public static string? Translate(RecordFilter filter, TableDefinition table) => filter switch
    {
        FieldComparison comparison => Comparison(comparison, table),
        AllOf all => Join(all.Filters.Select(part => Translate(part, table)).OfType<string>()),
        AnyOf any => Alternatives(any, table),
        _ => null,
    };

    private static string? Join(IEnumerable<string> parts)
    {
        var joined = string.Join(" and ", parts);
        return joined.Length == 0 ? null : joined;
    }

    // The service joins by "or" only comparisons of one field; every alternative must be translated, or none.
    private static string? Alternatives(AnyOf any, TableDefinition table)
    {
        if (any.Filters.Count == 0 || any.Fields.Count != 1 || !any.Filters.All(part => part is FieldComparison))
        {
            return null;
        }

        var parts = any.Filters.Select(part => Translate(part, table)).ToList();
        return parts.Contains(null) ? null : $"({string.Join(" or ", parts)})";
    }

    private static string? Comparison(FieldComparison comparison, TableDefinition table)
    {
        var field = table.Schema.Find(comparison.Field);
        if (field is null || table.Unfilterable.Contains(field.Name) || !FieldWriter.Accepts(field.Type, comparison.Value))
        {
            return null;
        }

        return Operator(field, comparison) is { } symbol ? $"{field.Name} {symbol} {Literal(field.Type, comparison.Value)}" : null;
    }

    private static string? Operator(FieldSchema field, FieldComparison comparison) => (field.Type, comparison.Operator) switch
    {
        (FieldType.Text or FieldType.Identifier or FieldType.Reference, ComparisonOperator.Equal) => "eq",
        (FieldType.Boolean or FieldType.Integer or FieldType.Decimal or FieldType.Date, ComparisonOperator.Equal) when !comparison.Value.IsBlank => "eq",
        (FieldType.Boolean or FieldType.Integer or FieldType.Decimal or FieldType.Date, ComparisonOperator.NotEqual) when !comparison.Value.IsBlank => "ne",
        (FieldType.Identifier or FieldType.Reference, ComparisonOperator.NotEqual) => "ne",
        (FieldType.Text, ComparisonOperator.NotEqual) when field.IsCode && comparison.Value.IsBlank => "ne",
        (FieldType.Integer or FieldType.Decimal or FieldType.Date, ComparisonOperator.Less) => "lt",
        (FieldType.Integer or FieldType.Decimal or FieldType.Date, ComparisonOperator.LessOrEqual) => "le",
        (FieldType.Integer or FieldType.Decimal or FieldType.Date, ComparisonOperator.Greater) => "gt",
        (FieldType.Integer or FieldType.Decimal or FieldType.Date, ComparisonOperator.GreaterOrEqual) => "ge",
        _ => null,
    };

    private static string Literal(FieldType type, FieldValue value) => (type, value.IsBlank) switch
    {
        (FieldType.Text, true) => "''",
        (_, true) => ODataLiteral.Identifier(Guid.Empty),
        _ => ODataLiteral.Of(value),
    };
}
