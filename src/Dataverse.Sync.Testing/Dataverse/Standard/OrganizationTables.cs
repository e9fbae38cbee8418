using static Dataverse.Sync.Testing.DataverseColumn;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The tables that describe the organization itself, and the messages that its tables offer.</summary>
internal static class OrganizationTables
{
    public static DataverseTableDefinition Organization() => new()
    {
        LogicalName = "organization",
        SetName = "organizations",
        PrimaryName = "name",
        Ownership = DataverseOwnership.None,
        HasState = false,
        ChangeTracking = false,
        BulkMessages = false,
        TypeCode = 1019,
        Columns =
        [
            Text("name", 160),
            Text("basecurrencysymbol", 5) with { Access = DataverseColumnAccess.ReadOnly },
            WholeNumber("basecurrencyprecision", 0, 4) with { Access = DataverseColumnAccess.ReadOnly },
            Lookup("basecurrencyid", "transactioncurrency") with { Access = DataverseColumnAccess.ReadOnly },
            WholeNumber("expirechangetrackingindays", 0, 365) with { Default = 7 },
            WholeNumber("currencydecimalprecision", 0, 10) with { Default = 2 },
            WholeNumber("pricingdecimalprecision", 0, 4) with { Default = 2 },
            WholeNumber("languagecode") with { Default = 1033 },
            ChoiceFrom(
                "fullnameconventioncode",
                0,
                "Last Name, First Name",
                "First Name",
                "Last Name, First Name, Middle Initial",
                "First Name, Middle Initial, Last Name",
                "Last Name, First Name, Middle Name",
                "First Name, Middle Name, Last Name",
                "Last Name, space, First Name",
                "Last Name, no space, First Name") with { Default = 5 },
        ],
    };

    public static DataverseTableDefinition BusinessUnit() => new()
    {
        LogicalName = "businessunit",
        SetName = "businessunits",
        PrimaryName = "name",
        Ownership = DataverseOwnership.BusinessOwned,
        HasState = false,
        ChangeTracking = false,
        BulkMessages = false,
        TypeCode = 10,
        Columns =
        [
            Text("name", 160) with { Requirement = DataverseRequirement.SystemRequired },
            Text("divisionname", 100),
            Memo("description"),
            Text("emailaddress", 100),
            Text("websiteurl", 200),
            Text("costcenter", 100),
            DataverseColumn.Double("creditlimit", 2, 0, 1_000_000_000),
            Boolean("isdisabled") with { Access = DataverseColumnAccess.ReadOnly },
            Text("disabledreason", 500) with { Access = DataverseColumnAccess.ReadOnly },
            Text("address1_line1", 250),
            Text("address1_line2", 250),
            Text("address1_city", 80),
            Text("address1_stateorprovince", 50),
            Text("address1_postalcode", 20),
            Text("address1_country", 80),
            Text("address1_telephone1", 50),
            DataverseColumn.Decimal(SystemColumns.ExchangeRate, 12) with { Access = DataverseColumnAccess.ReadOnly },
            Lookup("parentbusinessunitid", "businessunit") with
            {
                Targets =
                [
                    new("businessunit", "parentbusinessunitid")
                    {
                        Relationship = "business_unit_parent_business_unit", OnDelete = DataverseDeleteBehavior.Restrict,
                    },
                ],
            },
            Lookup("transactioncurrencyid", "transactioncurrency"),
            Lookup("organizationid", "organization") with { Access = DataverseColumnAccess.ReadOnly },
        ],
    };

    public static DataverseTableDefinition Team() => new()
    {
        LogicalName = "team",
        SetName = "teams",
        PrimaryName = "name",
        Ownership = DataverseOwnership.BusinessOwned,
        HasState = false,
        IsPrincipal = true,
        ChangeTracking = false,
        BulkMessages = false,
        TypeCode = 9,
        Columns =
        [
            Text("name", 160) with { Requirement = DataverseRequirement.SystemRequired },
            Memo("description"),
            Boolean("isdefault") with { Access = DataverseColumnAccess.ReadOnly },
            ChoiceFrom("teamtype", 0, "Owner", "Access", "Security Group", "Office Group") with { Default = 0 },
            Lookup("businessunitid", "businessunit") with { Requirement = DataverseRequirement.SystemRequired },
            Lookup("administratorid", "systemuser"),
            Lookup("organizationid", "organization") with { Access = DataverseColumnAccess.ReadOnly },
        ],
    };

    public static DataverseTableDefinition MaskingRule() => Rules("maskingrule", [Text("name", 100)]);

    public static DataverseTableDefinition ColumnMaskingRule() => Rules(
        "attributemaskingrule",
        [
            Text("uniquename", 100),
            Text("entityname", 64),
            Text("attributelogicalname", 64),
            Lookup("maskingruleid", "maskingrule", "MaskingRuleId"),
        ]);

    public static DataverseTableDefinition SdkMessage() => new()
    {
        LogicalName = "sdkmessage",
        SetName = "sdkmessages",
        PrimaryName = "name",
        Ownership = DataverseOwnership.OrganizationOwned,
        HasState = false,
        ChangeTracking = false,
        BulkMessages = false,
        IsVirtual = true,
        TypeCode = 4606,
        Columns = [Text("name", 256)],
    };

    public static DataverseTableDefinition SdkMessageFilter() => new()
    {
        LogicalName = "sdkmessagefilter",
        SetName = "sdkmessagefilters",
        PrimaryName = "name",
        Ownership = DataverseOwnership.OrganizationOwned,
        HasState = false,
        ChangeTracking = false,
        BulkMessages = false,
        IsVirtual = true,
        TypeCode = 4607,
        Columns = [Text("name", 256), Text("primaryobjecttypecode", 128), Lookup("sdkmessageid", "sdkmessage")],
    };

    private static DataverseTableDefinition Rules(string name, IReadOnlyList<DataverseColumn> columns) => new()
    {
        LogicalName = name,
        SetName = name + "s",
        PrimaryName = columns[0].Name,
        Ownership = DataverseOwnership.OrganizationOwned,
        HasState = false,
        ChangeTracking = false,
        BulkMessages = false,
        IsVirtual = true,
        TypeCode = 10_000,
        Columns = columns,
    };
}
