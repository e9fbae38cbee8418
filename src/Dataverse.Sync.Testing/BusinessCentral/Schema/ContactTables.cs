using static Dataverse.Sync.Testing.Emulation.StandardFields;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Contacts, and what ties them to customers and vendors.</summary>
internal static class ContactTables
{
    public static BusinessCentralTableDefinition Information { get; } = new(StandardPages.ContactsInformation, "contactInformation")
    {
        Caption = "Contact Information",
        AllowsInsert = false,
        AllowsModify = false,
        AllowsDelete = false,
        IsExposed = false,
        Navigations = [new("contacts", StandardPages.Contacts, true, (view, row) => view.Table(StandardPages.Contacts).Find(row.Id) is { } found ? [found] : [])],
        Fields =
        [
            Id with { Name = "contactId" }, ReadOnly(Code("contactNumber", 20, "Contact No.")), ReadOnly(Text("contactName", 100, "Contact Name")),
            ReadOnly(Enum("contactType", "Company", "Person")), ReadOnly(Reference("relatedId")), ReadOnly(Enum("relatedType", "Customer", "Vendor")),
        ],
    };

    /// <summary>One row per customer or vendor that has a contact: the company contact, or the person if the customer is one.</summary>
    public static BusinessCentralTableDefinition Relation { get; } = new(StandardPages.Relations, "contactBusinessRelation")
    {
        Caption = "Contact Business Relation",
        Key = ["relatedId"],
        IsExposed = false,
        Fields = [Id, Reference("relatedId"), Reference("contactId"), Enum("relatedType", "Customer", "Vendor")],
    };

    private static readonly PageSchema InformationSchema = new(Information);

    public static BusinessCentralTableDefinition Contact(BusinessCentralNumberSeries? numbers) => new(StandardPages.Contacts, "contact")
    {
        Caption = "Contact",
        Key = ["number"],
        NumberSeries = numbers,
        Rules = new ContactRules(),
        Fields =
        [
            Id, Code("number", 20, "No."), Enum("type", "Company", "Person"), Text("displayName", 100, "Name"), Text("jobTitle", 30, "Job Title"),
            Code("companyNumber", 20, "Company No."), Text("companyName", 100, "Company Name"), ReadOnly(Enum("contactBusinessRelation", BusinessRelation.Members)),
            Text("addressLine1", 100, "Address"), Text("addressLine2", 50, "Address 2"), Text("city", 30, "City"), Text("state", 30, "County"),
            Code("country", 10, "Country/Region Code"), Code("postalCode", 20, "Post Code"), Text("phoneNumber", 30, "Phone No."),
            Text("mobilePhoneNumber", 30, "Mobile Phone No."), Text("email", 80, "E-Mail"), Text("website", 255, "Home Page"),
            Code("searchName", 100, "Search Name"), Boolean("privacyBlocked", "Privacy Blocked"), PageVariable(Text("taxRegistrationNumber", 20, "VAT Registration No.")),
            Date("lastInteractionDate") with { Source = BusinessCentralFieldSource.Calculated }, ModifiedAt,
        ],
    };

    /// <summary>The contact of a customer or vendor and, if that is a company, its persons; in order of contact number.</summary>
    public static IEnumerable<PageRow> InformationOf(CompanyView view, PageRow related)
    {
        if (view.Table(StandardPages.Relations).FindByKey(related.Id) is not { } relation)
        {
            return [];
        }

        var contacts = view.Table(StandardPages.Contacts);
        if (contacts.Find(relation.Reference("contactId")) is not { } main)
        {
            return [];
        }

        var all = main.Text("type") == "Company" ? contacts.Where("companyNumber", main.Text("number")) : [main];
        return all.Select(contact => InformationRow(contact, relation));
    }

    private static PageRow InformationRow(PageRow contact, PageRow relation) => new(
        InformationSchema,
        contact.Id,
        [contact.Id, contact["number"], contact["displayName"], contact["type"], relation["relatedId"], relation["relatedType"]]);
}
