using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>The queries that describe a table, and the places of their responses.</summary>
internal static class MetadataQueries
{
    public const int Entity = 0;
    public const int Attributes = 1;
    public const int Relationships = 2;
    public const int Message = 3;
    public const int MultiSelect = 4;
    public const int Organization = 5;
    public const int Currencies = 6;
    public const int Masks = 7;
    public const int Caller = 8;
    public const int FirstDetail = 9;

    public const string EntityColumns =
        "?$select=LogicalName,EntitySetName,PrimaryIdAttribute,ChangeTrackingEnabled,IsOptimisticConcurrencyEnabled";

    /// <summary>The function that tells who calls, and in which organization.</summary>
    public const string CallerFunction = "WhoAmI";

    private const string Cast = "/Attributes/Microsoft.Dynamics.CRM.";
    private const string ChoiceQuery = "AttributeMetadata?$select=LogicalName&$expand=OptionSet,GlobalOptionSet";
    private const string AttributeQuery = "/Attributes?$select=LogicalName,MetadataId,AttributeType,AttributeTypeName,AttributeOf,"
        + "IsValidForCreate,IsValidForUpdate,IsValidForRead,IsSecured,RequiredLevel";

    private const string RelationshipQuery =
        "/ManyToOneRelationships?$select=ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName";

    private const string CascadeQuery =
        "/OneToManyRelationships?$select=SchemaName,ReferencingEntity,ReferencingAttribute,CascadeConfiguration";

    private static readonly string[] Details =
    [
        Cast + "StringAttributeMetadata?$select=LogicalName,MaxLength",
        Cast + "MemoAttributeMetadata?$select=LogicalName,MaxLength",
        Cast + "DateTimeAttributeMetadata?$select=LogicalName,DateTimeBehavior",
        Cast + "IntegerAttributeMetadata?$select=LogicalName,Format",
        Cast + "DecimalAttributeMetadata?$select=LogicalName,Precision",
        Cast + "DoubleAttributeMetadata?$select=LogicalName,Precision",
        Cast + "MoneyAttributeMetadata?$select=LogicalName,Precision,PrecisionSource,IsBaseCurrency",
        Cast + "Picklist" + ChoiceQuery,
        Cast + "State" + ChoiceQuery,
        Cast + "Status" + ChoiceQuery,
    ];

    /// <summary>The address of a table's definition.</summary>
    public static string EntityAddress(string table) => $"EntityDefinitions(LogicalName='{table}')";

    /// <summary>The query of the relationships in which other rows refer to those of a table.</summary>
    public static string CascadesOf(string table) => EntityAddress(table) + CascadeQuery;

    /// <summary>The query of the choice columns of a table with their options.</summary>
    public static string ChoicesOf(string table) => $"{EntityAddress(table)}{Cast}Picklist{ChoiceQuery}";

    /// <summary>All queries of a table, in the order of the places.</summary>
    public static string[] Of(string table)
    {
        var root = EntityAddress(table);
        return
        [
            root + EntityColumns,
            root + AttributeQuery,
            root + RelationshipQuery,
            Filtered(
                "sdkmessagefilters?$select=sdkmessagefilterid",
                $"sdkmessageid/name eq 'CreateMultiple' and primaryobjecttypecode eq '{table}'"),
            root + Cast + "MultiSelectPicklist" + ChoiceQuery,
            "organizations?$select=fullnameconventioncode,pricingdecimalprecision,basecurrencyprecision",
            "transactioncurrencies?$select=currencyprecision",
            Filtered("attributemaskingrules?$select=attributelogicalname", $"entityname eq '{table}'"),
            CallerFunction,
            .. Details.Select(query => root + query),
        ];
    }

    private static string Filtered(string query, string filter) => $"{query}&$filter={ODataLiteral.Encode(filter)}";
}
