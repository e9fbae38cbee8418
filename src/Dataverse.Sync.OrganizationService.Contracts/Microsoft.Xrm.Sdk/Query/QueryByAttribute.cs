namespace Microsoft.Xrm.Sdk.Query;

public sealed class QueryByAttribute : QueryBase
{
    public QueryByAttribute()
    {
    }

    public QueryByAttribute(string entityName) => EntityName = entityName;

    public string EntityName { get; set; }

    public DataCollection<string> Attributes { get; } = new();

    public DataCollection<object> Values { get; } = new();

    public PagingInfo PageInfo { get; set; } = new();

    public ColumnSet ColumnSet { get; set; } = new();

    public DataCollection<OrderExpression> Orders { get; } = new();

    public int? TopCount { get; set; }

    public void AddOrder(string attributeName, OrderType orderType) => Orders.Add(new(attributeName, orderType));

    public void AddAttributeValue(string attributeName, object value)
    {
        Attributes.Add(attributeName);
        Values.Add(value);
    }
}
