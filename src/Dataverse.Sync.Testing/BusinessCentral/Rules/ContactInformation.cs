namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The rows of <c>contactsInformation</c>, which no table stores: they are computed for a customer or vendor.
/// </summary>
internal static class ContactInformation
{
    private static readonly PageSchema Schema = new(ContactTables.Information);

    /// <summary>
    /// The contact of a customer or vendor and, if that is a company, its persons; in order of contact number.
    /// </summary>
    public static IEnumerable<PageRow> Of(CompanyView view, PageRow related)
    {
        if (view.Table(PageNames.Relations).FindByKey(related.Id) is not { } relation)
        {
            return [];
        }

        var contacts = view.Table(PageNames.Contacts);
        if (contacts.Find(relation.Reference("contactId")) is not { } main)
        {
            return [];
        }

        var all = main.Text("type") == "Company" ? contacts.Where("companyNumber", main.Text("number")) : [main];
        return all.Select(contact => Row(contact, relation));
    }

    private static PageRow Row(PageRow contact, PageRow relation) => new(
        Schema,
        contact.Id,
        [contact.Id, contact["number"], contact["displayName"], contact["type"], relation["relatedId"], relation["relatedType"]]);
}
