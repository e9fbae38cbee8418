namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The stored link between a contact and a customer or vendor, and the value of the contact that summarizes its links.
/// </summary>
internal static class BusinessRelation
{
    public const string None = ContactTables.NoRelation;

    public const string Field = "contactBusinessRelation";

    /// <summary>Links a new contact that was created for a customer or vendor.</summary>
    public static void Connect(Transaction transaction, PageRow contact, PageRow related, string type) =>
        transaction.Insert(new RowDraft(transaction.Catalog[PageNames.Relations], null)
        {
            ["relatedId"] = related.Id,
            ["contactId"] = contact.Id,
            ["relatedType"] = type,
        });

    /// <summary>Removes the link of a customer or vendor that is deleted. The contact remains.</summary>
    public static void Disconnect(Transaction transaction, PageRow related)
    {
        if (transaction.Table(PageNames.Relations).FindByKey(related.Id) is not { } relation)
        {
            return;
        }

        transaction.Delete(relation);
        if (transaction.Table(PageNames.Contacts).Find(relation.Reference("contactId")) is not { } contact)
        {
            return;
        }

        var left = Of(transaction, contact).ToArray();
        var word = left.Length switch
        {
            0 => None,
            1 => left[0].Text("relatedType"),
            _ => "Multiple",
        };
        Summarize(transaction, contact, word);
    }

    /// <summary>The links of a contact.</summary>
    public static IEnumerable<PageRow> Of(Transaction transaction, PageRow contact) =>
        transaction.Table(PageNames.Relations).Where("contactId", contact.Id);

    // Persons have the value of their company.
    private static void Summarize(Transaction transaction, PageRow contact, string word)
    {
        _ = transaction.Set(contact, (Field, word));
        if (contact.Text("type") == "Company")
        {
            foreach (var person in transaction.Table(PageNames.Contacts).Where("companyNumber", contact.Text("number"))
                .Where(row => row.Id != contact.Id))
            {
                _ = transaction.Set(person, (Field, word));
            }
        }
    }
}
