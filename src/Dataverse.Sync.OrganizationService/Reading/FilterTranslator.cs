using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Translates filters to criteria of a query; see <see cref="FilterRules{T}"/>.</summary>
internal sealed class FilterTranslator(TableDefinition table) : IFilterLanguage<FilterExpression>
{
    private const int MaxConditions = 100;

    /// <summary>The criteria; null when nothing of the filter can be said.</summary>
    public FilterExpression? Translate(RecordFilter? filter) =>
        new FilterRules<FilterExpression>(table, this).Translate(filter) is { } criteria && CountOf(criteria) <= MaxConditions
            ? criteria
            : null;

    /// <inheritdoc/>
    public FilterExpression And(IReadOnlyList<FilterExpression> parts) => Join(LogicalOperator.And, parts);

    /// <inheritdoc/>
    public FilterExpression Or(IReadOnlyList<FilterExpression> parts) => Join(LogicalOperator.Or, parts);

    /// <inheritdoc/>
    public FilterExpression? Compare(Column column, ComparisonOperator comparison, FieldValue value)
    {
        return (comparison, value.IsBlank) switch
        {
            (ComparisonOperator.Equal, true) => Of(new(column.Name, ConditionOperator.Null)),
            (ComparisonOperator.NotEqual, true) => Of(new(column.Name, ConditionOperator.NotNull)),
            (_, true) => null,
            (ComparisonOperator.StartsWith, _) => Of(new(column.Name, ConditionOperator.Like, $"{LikePattern.Escape(value.AsText())}%")),
            (ComparisonOperator.Contains, _) => Of(new(column.Name, ConditionOperator.Like, $"%{LikePattern.Escape(value.AsText())}%")),
            _ => ValueWriter.Accepts(column, value)
                ? Of(new(column.Name, OperatorOf(comparison), ValueWriter.Operand(column, value)))
                : null,
        };
    }

    /// <inheritdoc/>
    public FilterExpression Like(Column column, string pattern) => Of(new(column.Name, ConditionOperator.Like, pattern));

    private static ConditionOperator OperatorOf(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => ConditionOperator.Equal,
        ComparisonOperator.NotEqual => ConditionOperator.NotEqual,
        ComparisonOperator.Less => ConditionOperator.LessThan,
        ComparisonOperator.LessOrEqual => ConditionOperator.LessEqual,
        ComparisonOperator.Greater => ConditionOperator.GreaterThan,
        _ => ConditionOperator.GreaterEqual,
    };

    private static FilterExpression Of(ConditionExpression condition)
    {
        var filter = new FilterExpression(LogicalOperator.And);
        filter.AddCondition(condition);
        return filter;
    }

    private static FilterExpression Join(LogicalOperator word, IReadOnlyList<FilterExpression> parts)
    {
        var joined = new FilterExpression(word);
        foreach (var part in parts)
        {
            if (part is { Conditions.Count: 1, Filters.Count: 0 })
            {
                joined.AddCondition(part.Conditions[0]);
            }
            else
            {
                joined.AddFilter(part);
            }
        }

        return joined;
    }

    private static int CountOf(FilterExpression filter) => filter.Conditions.Count + filter.Filters.Sum(CountOf);
}
