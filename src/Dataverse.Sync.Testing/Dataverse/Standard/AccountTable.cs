using static Dataverse.Sync.Testing.DataverseColumn;

namespace Dataverse.Sync.Testing.Emulation;

internal static class AccountTable
{
    public static DataverseTableDefinition Create(DataverseDeleteBehavior primaryContactDeleted) => new()
    {
        LogicalName = "account",
        SetName = "accounts",
        PrimaryName = "name",
        TypeCode = 1,
        Columns =
        [
            Text("name", 160) with { Requirement = DataverseRequirement.ApplicationRequired },
            Text("accountnumber", 20),
            Text("yominame", 160),
            Text("tickersymbol", 10),
            Text("stockexchange", 20),
            Text("sic", 20),
            .. CustomerColumns.All,
            CustomerColumns.Amount("revenue"),
            CustomerColumns.Amount("marketcap"),
            WholeNumber("numberofemployees", 0, 1_000_000_000),
            WholeNumber("opendeals", 0) with { Access = DataverseColumnAccess.ReadOnly, IsSecured = true },
            .. Choices(),
            .. AddressColumns.Of(1),
            .. AddressColumns.Of(2),
            .. Lookups(primaryContactDeleted),
        ],
    };

    private static IEnumerable<DataverseColumn> Choices() =>
    [
        Choice(
            "customertypecode", "Competitor", "Consultant", "Customer", "Investor", "Partner", "Influencer", "Press",
            "Prospect",
            "Reseller", "Supplier", "Vendor", "Other"),
        Choice("accountcategorycode", "Preferred Customer", "Standard"),
        Choice("ownershipcode", "Public", "Private", "Subsidiary", "Other"),
        Choice(
            "industrycode", "Accounting", "Agriculture and Non-petrol Natural Resource Extraction",
            "Broadcasting Printing and Publishing",
            "Brokers", "Building Supply Retail", "Business Services", "Consulting", "Consumer Services",
            "Design, Direction and Creative Management", "Distributors, Dispatchers and Processors",
            "Doctor's Offices and Clinics",
            "Durable Manufacturing", "Eating and Drinking Places", "Entertainment Retail",
            "Equipment Rental and Leasing", "Financial",
            "Food and Tobacco Processing", "Inbound Capital Intensive Processing", "Inbound Repair and Services",
            "Insurance",
            "Legal Services", "Non-Durable Merchandise Retail", "Outbound Consumer Service",
            "Petrochemical Extraction and Distribution",
            "Service Retail", "SIG Affiliations", "Social Services", "Special Outbound Trade Contractors",
            "Specialty Realty",
            "Transportation", "Utility Creation and Distribution", "Vehicle Retail", "Wholesale"),
        CustomerColumns.OnlyDefault("businesstypecode"),
        CustomerColumns.OnlyDefault("accountratingcode"),
        CustomerColumns.OnlyDefault("accountclassificationcode"),
    ];

    private static IEnumerable<DataverseColumn> Lookups(DataverseDeleteBehavior primaryContactDeleted) =>
    [
        Lookup("primarycontactid", "contact") with
        {
            Targets = [new("contact", "primarycontactid")
            {
                Relationship = "account_primary_contact",
                OnDelete = primaryContactDeleted,
            }],
        },
        Lookup("parentaccountid", "account") with
        {
            Targets = [new("account", "parentaccountid")
            {
                Relationship = "account_parent_account",
                CascadesAssign = true,
                CascadesMerge = true,
            }],
        },
        CustomerColumns.Master("account"),
    ];
}
