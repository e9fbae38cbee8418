using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Metadata;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService;

/// <summary>The requests that describe a table, and the places of their responses.</summary>
internal static class MetadataRequests
{
    public const int Entity = 0;
    public const int Caller = 1;
    public const int Message = 2;
    public const int Organization = 3;
    public const int Currencies = 4;
    public const int Masks = 5;

    /// <summary>All requests of a table, in the order of the places.</summary>
    public static IReadOnlyList<OrganizationRequest> Of(string table) =>
    [
        EntityOf(table, EntityFilters.Entity | EntityFilters.Attributes | EntityFilters.Relationships),
        WhoAmI(),
        MessageOf(table),
        QueryOf("organization", "fullnameconventioncode", "pricingdecimalprecision", "basecurrencyprecision"),
        QueryOf("transactioncurrency", "currencyprecision"),
        MasksOf(table),
    ];

    /// <summary>Asks for the definition of a table.</summary>
    public static OrganizationRequest EntityOf(string table, EntityFilters parts) =>
        new RetrieveEntityRequest { LogicalName = table, EntityFilters = parts, RetrieveAsIfPublished = false };

    /// <summary>Asks who calls, and in which organization.</summary>
    public static OrganizationRequest WhoAmI() => new("WhoAmI");

    /// <summary>Asks for the caller's rights on secured columns.</summary>
    public static OrganizationRequest ColumnRightsOf(Guid user) => new("RetrievePrincipalAttributePrivileges")
    {
        ["Principal"] = new EntityReference("systemuser", user),
    };

    /// <summary>Asks for the privileges that the roles of a user hold.</summary>
    public static OrganizationRequest PrivilegesOf(Guid user) => new("RetrieveUserPrivileges") { ["UserId"] = user };

    /// <summary>Asks for columns of all rows of a table.</summary>
    public static RetrieveMultipleRequest QueryOf(string table, params string[] columns) =>
        new() { Query = new QueryExpression(table) { ColumnSet = new ColumnSet(columns) } };

    private static RetrieveMultipleRequest MessageOf(string table)
    {
        var query = new QueryExpression("sdkmessagefilter") { ColumnSet = new ColumnSet("sdkmessagefilterid") };
        query.Criteria.AddCondition(new ConditionExpression("primaryobjecttypecode", ConditionOperator.Equal, (object)table));
        var message = query.AddLink("sdkmessage", "sdkmessageid", "sdkmessageid");
        message.LinkCriteria.AddCondition(new ConditionExpression("name", ConditionOperator.Equal, (object)"CreateMultiple"));
        return new RetrieveMultipleRequest { Query = query };
    }

    private static RetrieveMultipleRequest MasksOf(string table)
    {
        var query = new QueryExpression("attributemaskingrule") { ColumnSet = new ColumnSet("attributelogicalname") };
        query.Criteria.AddCondition(new ConditionExpression("entityname", ConditionOperator.Equal, (object)table));
        return new RetrieveMultipleRequest { Query = query };
    }
}
