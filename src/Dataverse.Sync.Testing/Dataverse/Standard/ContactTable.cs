using static Dataverse.Sync.Testing.DataverseColumn;

namespace Dataverse.Sync.Testing.Emulation;

internal static class ContactTable
{
    public static DataverseTableDefinition Create() => new()
    {
        LogicalName = "contact",
        SetName = "contacts",
        PrimaryName = "fullname",
        TypeCode = 2,
        Columns =
        [
            Text("fullname", 160) with { Access = DataverseColumnAccess.ReadOnly },
            Text("firstname", 50),
            Text("middlename", 50),
            Text("lastname", 50) with { Requirement = DataverseRequirement.ApplicationRequired },
            Text("jobtitle", 100),
            Text("salutation", 100),
            Text("suffix", 10),
            Text("nickname", 100),
            Text("department", 100),
            Text("mobilephone", 50),
            Text("pager", 50),
            Text("employeeid", 50),
            Text("governmentid", 50),
            Text("externaluseridentifier", 50),
            .. CustomerColumns.All,
            CustomerColumns.Amount("annualincome"),
            Date("birthdate"),
            Date("anniversary"),
            CustomerColumns.OnlyDefault("customertypecode"),
            Choice("gendercode", "Male", "Female"),
            Choice("familystatuscode", "Single", "Married", "Divorced", "Widowed"),
            .. AddressColumns.Of(1),
            .. AddressColumns.Of(2),
            .. AddressColumns.Of(3),
            .. Lookups(),
        ],
    };

    private static IEnumerable<DataverseColumn> Lookups() =>
    [
        new()
        {
            Name = "parentcustomerid",
            Type = DataverseColumnType.Customer,
            Targets =
            [
                new("account", "parentcustomerid_account")
                {
                    Relationship = "contact_customer_accounts",
                    OnDelete = DataverseDeleteBehavior.Cascade,
                    CascadesAssign = true,
                    CascadesMerge = true,
                },
                new("contact", "parentcustomerid_contact")
                {
                    Relationship = "contact_customer_contacts",
                    CascadesAssign = true,
                    CascadesMerge = true,
                },
            ],
        },
        Derived("accountid", "account"),
        Derived("parentcontactid", "contact"),
        CustomerColumns.Master("contact"),
    ];

    // They are derived from parentcustomerid, so they have no cascades of their own.
    private static DataverseColumn Derived(string name, string table) => Lookup(name, table) with
    {
        Access = DataverseColumnAccess.ReadOnly,
        Targets = [new(table, name) { OnDelete = DataverseDeleteBehavior.None }],
    };
}
