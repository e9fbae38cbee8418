using static Dataverse.Sync.Testing.DataverseColumn;

namespace Dataverse.Sync.Testing.Emulation;

internal static class SystemUserTable
{
    public static DataverseTableDefinition Create() => new()
    {
        LogicalName = "systemuser",
        SetName = "systemusers",
        PrimaryName = "fullname",
        Ownership = DataverseOwnership.BusinessOwned,
        HasState = false,
        IsPrincipal = true,
        BulkMessages = false,
        TypeCode = 8,
        Columns =
        [
            .. Person(),
            .. Address(),
            Boolean("isdisabled"),
            Boolean("islicensed") with { Access = DataverseColumnAccess.ReadOnly },
            Boolean("isintegrationuser"),
            Boolean("setupuser"),
            Boolean("isallowedbyipfirewall") with { Access = DataverseColumnAccess.ReadOnly, IsSecured = true },
            ChoiceFrom(
                "accessmode", 0, "Read-Write", "Administrative", "Read", "Support User", "Non-interactive",
                "Delegated Admin") with
            {
                Default = 0,
            },
            ChoiceFrom(
                "caltype", 0, "Professional", "Administrative", "Basic", "Device Professional", "Device Basic",
                "Essential", "Device Essential",
                "Enterprise", "Device Enterprise", "Sales", "Service", "Field Service",
                "Project Service") with { Default = 0 },
            WholeNumber("userlicensetype") with { Default = -1 },
            Guid("applicationid"),
            Guid("azureactivedirectoryobjectid"),
            ChoiceFrom("deletedstate", 0, "Not deleted", "Soft deleted") with
            {
                Access = DataverseColumnAccess.ReadOnly,
                Default = 0,
            },
            .. Lookups(),
        ],
    };

    private static IEnumerable<DataverseColumn> Person() =>
    [
        Text("fullname", 200) with { Access = DataverseColumnAccess.ReadOnly },
        Text("firstname", 256),
        Text("middlename", 50),
        Text("lastname", 256),
        Text("internalemailaddress", 100) with { Requirement = DataverseRequirement.SystemRequired },
        Text("personalemailaddress", 100),
        Text("domainname", 1024),
        Text("jobtitle", 100),
        Text("title", 128),
        Text("nickname", 50),
        Text("mobilephone", 64),
        Text("homephone", 50),
    ];

    private static IEnumerable<DataverseColumn> Lookups() =>
    [
        Lookup("businessunitid", "businessunit") with
        {
            Requirement = DataverseRequirement.SystemRequired,
            Targets = [new("businessunit", "businessunitid")
            {
                Relationship = "business_unit_system_users",
                OnDelete = DataverseDeleteBehavior.Restrict,
            }],
        },
        Lookup("parentsystemuserid", "systemuser") with
        {
            Targets = [new("systemuser", "parentsystemuserid")
            {
                Relationship = "user_parent_user",
                OnDelete = DataverseDeleteBehavior.None,
            }],
        },
        Lookup("transactioncurrencyid", "transactioncurrency"),
        Lookup("organizationid", "organization") with { Access = DataverseColumnAccess.ReadOnly },
    ];

    private static IEnumerable<DataverseColumn> Address() =>
    [
        Text("address1_line1", 1024),
        Text("address1_line2", 1024),
        Text("address1_line3", 1024),
        Text("address1_city", 128),
        Text("address1_stateorprovince", 128),
        Text("address1_postalcode", 40),
        Text("address1_country", 128),
        Memo("address1_composite", 1000) with { Access = DataverseColumnAccess.ReadOnly },
        Text("address1_telephone1", 64),
        Text("address1_fax", 64),
    ];
}
