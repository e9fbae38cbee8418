namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The contact of a customer or vendor, which is created with it. Changes are copied in both directions.
/// </summary>
internal static class CompanyContact
{
    private static readonly string[] SharedFields =
    [
        "displayName", "addressLine1", "addressLine2", "city", "state", "country", "postalCode", "phoneNumber", "email",
        "website", "taxRegistrationNumber",
    ];

    public static void Create(Transaction transaction, PageRow related, string relatedType)
    {
        var contacts = transaction.Catalog[PageNames.Contacts];
        var series = contacts.Definition.NumberSeries
            ?? throw Errors.FieldValidation("Contact Nos. must have a value in Marketing Setup.");
        var draft = new RowDraft(contacts, null)
        {
            Id = transaction.Options.NewId(),
            ["number"] = transaction.NextNumber(contacts, series),
        };
        if (related.Schema.Name == PageNames.Customers)
        {
            draft["type"] = related["type"];
        }

        foreach (var field in SharedFields)
        {
            draft[field] = related[field];
        }

        draft[BusinessRelation.Field] = relatedType;
        ContactRules.Complete(draft);
        BusinessRelation.Connect(transaction, transaction.Insert(draft), related, relatedType);
    }

    /// <summary>Copies changes of shared fields from a customer or vendor to its contact.</summary>
    public static void Follow(Transaction transaction, PageRow before, PageRow after)
    {
        var changes = Changes(before, after);
        if (changes.Length == 0
            || transaction.Table(PageNames.Relations).FindByKey(after.Id) is not { } relation
            || transaction.Table(PageNames.Contacts).Find(relation.Reference("contactId")) is not { } contact)
        {
            return;
        }

        var changed = Apply(transaction, contact, changes);
        ContactRules.RenameCompany(transaction, contact, changed);
        SpreadToOthers(transaction, changed, changes, after.Id);
    }

    /// <summary>Copies changes of shared fields from a contact to its customers and vendors.</summary>
    public static void Lead(Transaction transaction, PageRow before, PageRow after)
    {
        var changes = Changes(before, after);
        if (changes.Length > 0)
        {
            SpreadToOthers(transaction, after, changes, Guid.Empty);
        }
    }

    private static void SpreadToOthers(
        Transaction transaction, PageRow contact, (string, object)[] changes, Guid origin)
    {
        if (contact.Text(BusinessRelation.Field) is BusinessRelation.None or EnumNames.Blank)
        {
            return;
        }

        foreach (var relation in BusinessRelation.Of(transaction, contact).ToArray())
        {
            var table = relation.Text("relatedType") == "Customer" ? PageNames.Customers : PageNames.Vendors;
            var id = relation.Reference("relatedId");
            if (id != origin && transaction.Table(table).Find(id) is { } related)
            {
                _ = Apply(transaction, related, changes);
            }
        }
    }

    private static (string Field, object Value)[] Changes(PageRow before, PageRow after) =>
        [.. SharedFields.Where(field => !before[field].Equals(after[field])).Select(field => (field, after[field]))];

    private static PageRow Apply(Transaction transaction, PageRow row, (string Field, object Value)[] changes)
    {
        var draft = new RowDraft(row.Schema, row);
        foreach (var (field, value) in changes)
        {
            if (field == "displayName" && row.Schema.Name == PageNames.Contacts)
            {
                ContactRules.SearchNameFollows(draft, row.Text("displayName"), (string)value);
            }

            draft[field] = value;
        }

        ContactRules.CompleteIfContact(draft);
        return draft.HasChanged ? transaction.Modify(draft) : row;
    }
}
