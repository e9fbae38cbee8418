using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>RetrieveMultiple.</summary>
internal sealed class QueryMessages(DataverseBackend backend, EmulatedServiceOptions options, EntityWriter writer)
{
    private readonly QueryRunner runner = new(backend, options, writer);

    public OrganizationResponse Retrieve(OrganizationRequest request, MessageContext context)
    {
        request.Allow("Query");
        var rows = request.Require<QueryBase>("Query") switch
        {
            QueryExpression query => runner.Run(query, context),
            QueryByAttribute query => runner.Run(Expression(query), context),
            var query => throw Refusals.NotEmulated($"a query of the type {query.GetType().Name}"),
        };
        return new RetrieveMultipleResponse { Results = { ["EntityCollection"] = rows } };
    }

    private static QueryExpression Expression(QueryByAttribute query)
    {
        var expression = new QueryExpression(query.EntityName)
        {
            ColumnSet = query.ColumnSet,
            PageInfo = query.PageInfo,
            TopCount = query.TopCount,
        };
        foreach (var (name, value) in query.Attributes.Zip(query.Values))
        {
            expression.Criteria.AddCondition(name, ConditionOperator.Equal, value);
        }

        expression.Orders.AddRange(query.Orders);
        return expression;
    }
}
