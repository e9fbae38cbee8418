namespace Dataverse.Sync.Simulation;

/// <summary>The contacts of a company, and the truth about what became of them.</summary>
internal sealed class ContactBook(Company company, TimeProvider time)
{
    private readonly HashSet<string> deleted = [];
    private readonly HashSet<string> lost = [];
    private readonly Dictionary<Guid, DateTimeOffset> touched = [];
    private readonly Dictionary<Guid, int> changes = [];
    private readonly HashSet<Guid> doomed = [];

    /// <summary>Whether a user created or changed a contact at or after a time.</summary>
    public bool IsTouchedSince(Guid contact, DateTimeOffset since) => touched.TryGetValue(contact, out var on) && on >= since;

    /// <summary>The tags of all contacts that users entered.</summary>
    public List<string> Entered { get; } = [];

    /// <summary>A user created or changed a contact. One that was changed twice before its creation is settled nobody can recognize.</summary>
    public void Touch(TableRecord contact)
    {
        touched[contact.Id] = time.GetUtcNow();
        changes[contact.Id] = changes.GetValueOrDefault(contact.Id) + 1;
        if (changes[contact.Id] > 1)
        {
            company.Ledger.Loosen(contact["tag"].ToString());
        }

        company.Ledger.NoteEvent();
    }

    /// <summary>A user deletes a contact.</summary>
    public void Delete(SyncSide side, TableRecord contact)
    {
        company.Ledger.Supersede(Tokens.Of(contact[NameOn(side)]));
        _ = deleted.Add(contact["tag"].ToString());
        company.ContactsOn(side).Delete(contact.Id);
        company.Ledger.NoteEvent();
    }

    /// <summary>The contacts of an account that the service deletes together with it.</summary>
    public IEnumerable<TableRecord> Of(Guid account)
    {
        var reference = FieldValue.Reference(account, Tables.Accounts);
        return company.ContactsOn(SyncSide.Integration).Records.Where(contact => contact[Tables.AccountOfPerson] == reference);
    }

    /// <summary>The engine deletes an account: what users entered into its contacts since a time, nobody could see.</summary>
    public void Doom(Guid account, DateTimeOffset since)
    {
        foreach (var contact in Of(account).ToList())
        {
            _ = doomed.Add(contact.Id);
            if (IsTouchedSince(contact.Id, since))
            {
                Supersede(contact);
                _ = lost.Add(contact["tag"].ToString());
            }
        }
    }

    /// <summary>Whether the engine deleted the account of a contact.</summary>
    public bool IsDoomed(Guid contact) => doomed.Contains(contact);

    /// <summary>The service deletes the contacts that it has left until now.</summary>
    public void CompleteCascades()
    {
        foreach (var contact in company.ContactsOn(SyncSide.Integration).Records.Where(contact => doomed.Contains(contact.Id)))
        {
            Supersede(contact);
        }

        company.Integration.CompleteCascades();
    }

    /// <summary>A backup of a side was restored, and with it the contacts of that time.</summary>
    /// <param name="side">The side.</param>
    /// <param name="before">The contacts as they were before.</param>
    public void NoteRestored(SyncSide side, IEnumerable<TableRecord> before)
    {
        foreach (var contact in before.Concat(company.ContactsOn(side).Records))
        {
            company.Ledger.Supersede(Tokens.Of(contact[NameOn(side)]));
            company.Ledger.Loosen(contact["tag"].ToString());
            _ = lost.Add(contact["tag"].ToString());
        }
    }

    /// <summary>Whether a contact may be gone, because somebody deleted it or a backup from before it was restored.</summary>
    public bool MayBeGone(string tag) => deleted.Contains(tag) || lost.Contains(tag);

    /// <summary>
    /// A customer or an account is deleted. Whoever deletes an account in its own system deletes its contacts too, and sees that. Contacts of a
    /// deleted customer are kept, and who deletes it there sets them right.
    /// </summary>
    public void Leave(SyncSide side, TableRecord parent, bool isByUser)
    {
        if (!company.Settings.HasContacts || !isByUser)
        {
            return;
        }

        if (side == SyncSide.Integration)
        {
            foreach (var contact in Of(parent.Id).ToList())
            {
                Delete(side, contact);
            }

            return;
        }

        foreach (var contact in company.ContactsOn(side).Records.Where(contact => contact["customer"] == parent["number"]).ToList())
        {
            _ = company.ContactsOn(side).Update(contact.Id, ("customer", null));
            Touch(contact);
        }
    }

    /// <summary>The field with the name of a contact.</summary>
    public static string NameOn(SyncSide side) => side == SyncSide.Local ? "name" : "fullname";

    /// <summary>The field with the customer or account of a contact.</summary>
    public static string ParentOn(SyncSide side) => side == SyncSide.Local ? "customer" : Tables.AccountOfPerson;

    // It may come back as a new contact, from what is known of it on the other side.
    private void Supersede(TableRecord contact)
    {
        company.Ledger.Supersede(Tokens.Of(contact["fullname"]));
        company.Ledger.Loosen(contact["tag"].ToString());
    }
}
