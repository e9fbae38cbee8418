using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Translates filters to conditions of a query; see <see cref="FilterRules{T}"/>.</summary>
internal sealed class FilterTranslator(TableDefinition table) : IFilterLanguage<string>
{
    private const int MaxLength = 6_000;

    /// <summary>The filter's text before percent-encoding; null when nothing of it can be said.</summary>
    public string? Translate(RecordFilter? filter) =>
        new FilterRules<string>(table, this).Translate(filter) is { Length: <= MaxLength } text ? text : null;

    /// <inheritdoc/>
    public string And(IReadOnlyList<string> parts) => $"({string.Join(" and ", parts)})";

    /// <inheritdoc/>
    public string Or(IReadOnlyList<string> parts) => $"({string.Join(" or ", parts)})";

    /// <inheritdoc/>
    public string? Compare(Column column, ComparisonOperator comparison, FieldValue value)
    {
        var name = column.WireName;
        return comparison switch
        {
            ComparisonOperator.StartsWith => $"startswith({name},{Literals.Pattern(value)})",
            ComparisonOperator.Contains => $"contains({name},{Literals.Pattern(value)})",
            _ => $"{name} {WordOf(comparison)} {(value.IsBlank ? "null" : Literals.Of(column.Type, value))}",
        };
    }

    /// <inheritdoc/>
    /// <remarks>The functions take patterns as well. They add any text at the end that they leave open.</remarks>
    public string Like(Column column, string pattern)
    {
        var (startsOpen, endsOpen) = (pattern[0] == LikePattern.AnyText, pattern[^1] == LikePattern.AnyText);
        var function = startsOpen && endsOpen ? "contains" : startsOpen ? "endswith" : "startswith";
        return $"{function}({column.WireName},{ODataLiteral.Text(pattern.Trim(LikePattern.AnyText))})";
    }

    private static string WordOf(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => "eq",
        ComparisonOperator.NotEqual => "ne",
        ComparisonOperator.Less => "lt",
        ComparisonOperator.LessOrEqual => "le",
        ComparisonOperator.Greater => "gt",
        _ => "ge",
    };
}
