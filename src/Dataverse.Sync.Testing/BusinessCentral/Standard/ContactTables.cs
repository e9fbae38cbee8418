using static Dataverse.Sync.Testing.Emulation.StandardFields;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Contacts, and the tables that link them to customers and vendors.</summary>
internal static class ContactTables
{
    /// <summary>Value of <c>contactBusinessRelation</c> for a contact without a link.</summary>
    public const string NoRelation = "None";

    public static BusinessCentralTableDefinition Information { get; } = new(
        PageNames.ContactsInformation, "contactInformation")
    {
        Caption = "Contact Information",
        AllowsInsert = false,
        AllowsModify = false,
        AllowsDelete = false,
        ParentRequired = "id type not specified.",
        Navigations =
        [
            Owner("customer", PageNames.Customers), Owner("vendor", PageNames.Vendors),
            new("contact", PageNames.Contacts, false) { Property = "contactId", Partner = "contactInformation" },
        ],
        Fields =
        [
            Id with { Name = "contactId" },
            Mandatory(ReadOnly(Code("contactNumber", 20, "Contact No."))),
            ReadOnly(Text("contactName", 100, "Contact Name")),
            ReadOnly(Enum("contactType", StandardEnums.ContactType)),
            Mandatory(ReadOnly(Reference("relatedId"))),
            Mandatory(ReadOnly(Enum("relatedType", StandardEnums.LinkToTable))),
        ],
    };

    /// <summary>
    /// One row per customer or vendor that has a contact: the company contact, or the person if the customer is one.
    /// </summary>
    public static BusinessCentralTableDefinition Relation { get; } = new(PageNames.Relations, "contactBusinessRelation")
    {
        Caption = "Contact Business Relation",
        Key = ["relatedId"],
        IsExposed = false,
        Fields = [Id, Reference("relatedId"), Reference("contactId"), Enum("relatedType", StandardEnums.LinkToTable)],
    };

    public static BusinessCentralTableDefinition Contact(BusinessCentralNumberSeries? numbers) =>
        new(PageNames.Contacts, "contact")
        {
            Caption = "Contact",
            Key = ["number"],
            NumberSeries = numbers,
            Navigations =
            [
                new("contactInformation", PageNames.ContactsInformation, false)
                {
                    ReferencedProperty = "contactId",
                    Partner = "contact",
                },
                PartTables.PictureOf with { Partner = "contact" },
            ],
            Fields =
            [
                Id,
                Code("number", 20, "No."),
                Enum("type", StandardEnums.ContactType),
                Mandatory(Text("displayName", 100, "Name")),
                Mandatory(Text("jobTitle", 30, "Job Title")),
                Code("companyNumber", 20, "Company No."),
                Text("companyName", 100, "Company Name"),
                ReadOnly(Enum("contactBusinessRelation", StandardEnums.ContactBusinessRelation)),
                Text("addressLine1", 100, "Address"),
                Text("addressLine2", 50, "Address 2"),
                Text("city", 30, "City"),
                Text("state", 30, "County"),
                Code("country", 10, "Country/Region Code"),
                Code("postalCode", 20, "Post Code"),
                Text("phoneNumber", 30, "Phone No."),
                Text("mobilePhoneNumber", 30, "Mobile Phone No."),
                Text("email", 80, "E-Mail"),
                Text("website", 255, "Home Page"),
                Code("searchName", 100, "Search Name"),
                Boolean("privacyBlocked", "Privacy Blocked"),
                TaxRegistrationNumber,
                Date("lastInteractionDate") with { Source = BusinessCentralFieldSource.Calculated },
                ModifiedAt,
            ],
        };

    private static TableNavigation Owner(string name, string table) =>
        new(name, table, false) { Property = "relatedId", Partner = PageNames.ContactsInformation };
}
