namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The rules of contacts: a company contact is its own company; a person may belong to a company.</summary>
internal sealed class ContactRules : PageRules
{
    /// <summary>Sets the fields that depend on the type, number and name of a contact, before it is stored.</summary>
    public static void Complete(RowDraft draft)
    {
        if (draft.Text("type") == "Company")
        {
            (draft["companyNumber"], draft["companyName"]) = (draft["number"], draft["displayName"]);
        }

        if (draft.Text("searchName").Length == 0)
        {
            draft["searchName"] = draft.Text("displayName").ToUpperInvariant();
        }
    }

    public static void CompleteIfContact(RowDraft draft)
    {
        if (draft.Schema.Name == PageNames.Contacts)
        {
            Complete(draft);
        }
    }

    public static void SearchNameFollows(RowDraft draft, string oldName, string newName)
    {
        if (draft.Text("searchName").Length == 0
            || draft.Text("searchName").Equals(oldName, StringComparison.OrdinalIgnoreCase))
        {
            draft["searchName"] = newName.ToUpperInvariant();
        }
    }

    /// <summary>Copies the number and name of a company contact to its persons.</summary>
    public static void RenameCompany(Transaction transaction, PageRow before, PageRow after)
    {
        if (after.Text("type") != "Company"
            || (before["number"], before["displayName"]).Equals((after["number"], after["displayName"])))
        {
            return;
        }

        foreach (var person in PersonsOf(transaction, before))
        {
            _ = transaction.Set(person, ("companyNumber", after["number"]), ("companyName", after["displayName"]));
        }
    }

    public override void Starting(RowDraft draft) => draft["contactBusinessRelation"] = BusinessRelation.None;

    public override void Validate(RowDraft draft, BusinessCentralField field, Transaction transaction)
    {
        AddressChecks.Validate(draft, field, transaction);
        switch (field.Name)
        {
            case "displayName":
                Name(draft);
                break;
            case "type":
                TypeChanged(draft);
                break;
            case "companyNumber":
                Company(draft, field, transaction);
                break;
            case "companyName":
                CompanyByName(draft, transaction);
                break;
        }
    }

    public override void Inserting(RowDraft draft, Transaction transaction)
    {
        if (draft.Text("displayName").Length == 0)
        {
            throw Errors.Dialog("A \"displayName\" must be provided.");
        }

        Complete(draft);
    }

    public override void Modifying(RowDraft draft, Transaction transaction) => Complete(draft);

    public override void Modified(PageRow before, PageRow after, Transaction transaction)
    {
        RenameCompany(transaction, before, after);
        if (transaction.Options.CreateContactsForBusinessRelations)
        {
            CompanyContact.Lead(transaction, before, after);
        }
    }

    public override void Deleted(PageRow row, Transaction transaction)
    {
        PageRows.DeleteParts(transaction, row);
        foreach (var relation in BusinessRelation.Of(transaction, row).ToArray())
        {
            transaction.Delete(relation);
        }

        if (row.Text("type") == "Company")
        {
            foreach (var person in PersonsOf(transaction, row))
            {
                _ = transaction.Set(
                    person, ("companyNumber", ""), ("companyName", ""),
                    ("contactBusinessRelation", BusinessRelation.None));
            }
        }
    }

    private static PageRow[] PersonsOf(Transaction transaction, PageRow company) =>
        [.. transaction.Table(PageNames.Contacts).Where("companyNumber", company["number"])
            .Where(row => row.Id != company.Id)];

    private static void Name(RowDraft draft)
    {
        if (draft.Text("displayName").Length == 0)
        {
            throw Errors.Dialog("The blank \"displayName\" is not allowed.");
        }

        SearchNameFollows(draft, draft.Before?.Text("displayName") ?? "", draft.Text("displayName"));
    }

    private static void TypeChanged(RowDraft draft)
    {
        if (draft.Text("type") == (draft.Before?.Text("type") ?? "Company"))
        {
            return;
        }

        if (draft.Text("type") == "Company")
        {
            draft["jobTitle"] = "";
        }
        else if (draft.Text("companyNumber") == draft.Text("number"))
        {
            (draft["companyNumber"], draft["companyName"]) = ("", "");
        }
    }

    private static void Company(RowDraft draft, BusinessCentralField field, Transaction transaction)
    {
        var number = draft.Text("companyNumber");
        if (draft.Text("type") == "Company")
        {
            if (number != draft.Text("number"))
            {
                throw Errors.Dialog("Company No. cannot be changed for a contact of type Company.");
            }

            return;
        }

        var company = number.Length == 0 ? null : transaction.Table(PageNames.Contacts).FindByKey(number);
        if (number.Length > 0 && company?.Text("type") != "Company")
        {
            throw Errors.Relation(field.Caption, draft.Schema.Caption, "Contact");
        }

        draft["companyName"] = company?["displayName"] ?? "";
        draft["contactBusinessRelation"] = company?["contactBusinessRelation"] ?? BusinessRelation.None;
    }

    // Unless exactly one contact has this name, the server would open a list.
    private static void CompanyByName(RowDraft draft, Transaction transaction)
    {
        var name = draft.Text("companyName");
        var found = transaction.Table(PageNames.Contacts).Where("displayName", name)
            .Where(row => row.Text("type") == "Company").Take(2).ToArray();
        if (name.Length > 0 && found.Length != 1)
        {
            throw Errors.Callback();
        }

        draft["companyNumber"] = name.Length == 0 ? "" : found[0]["number"];
        Company(draft, draft.Schema.Fields[draft.Schema.Ordinal("companyNumber")], transaction);
    }
}
