namespace Microsoft.Xrm.Sdk.Query;

public sealed class FilterExpression
{
    public FilterExpression()
    {
    }

    public FilterExpression(LogicalOperator filterOperator) => FilterOperator = filterOperator;

    public LogicalOperator FilterOperator { get; set; }

    public DataCollection<ConditionExpression> Conditions { get; internal set; } = new();

    public DataCollection<FilterExpression> Filters { get; internal set; } = new();

    public bool IsQuickFindFilter { get; set; }

    public void AddCondition(string attributeName, ConditionOperator conditionOperator, params object[] values) =>
        Conditions.Add(new(attributeName, conditionOperator, values));

    public void AddCondition(
        string entityName, string attributeName, ConditionOperator conditionOperator, params object[] values) =>
        Conditions.Add(new(entityName, attributeName, conditionOperator, values));

    public void AddCondition(ConditionExpression condition) => Conditions.Add(condition);

    public FilterExpression AddFilter(LogicalOperator logicalOperator)
    {
        var filter = new FilterExpression(logicalOperator);
        Filters.Add(filter);
        return filter;
    }

    public void AddFilter(FilterExpression childFilter)
    {
        if (childFilter is not null)
        {
            Filters.Add(childFilter);
        }
    }
}
