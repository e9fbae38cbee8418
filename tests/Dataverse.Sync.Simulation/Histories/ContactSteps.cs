namespace Dataverse.Sync.Simulation;

/// <summary>A user enters a contact of a customer or an account.</summary>
/// <param name="Side">Where.</param>
/// <param name="Parent">Of which record; null for none.</param>
internal sealed record CreateContact(SyncSide Side, int? Parent) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        if (!company.Settings.HasContacts)
        {
            return default;
        }

        var (tag, token) = (company.Ledger.NewTag(), company.Ledger.NewToken());
        var parent = Parent is { } place ? Pick(company.CustomersOn(Side).Records, place) : null;
        var value = parent is null ? FieldValue.Blank : Simulation.Company.ReferenceTo(Side, parent);
        var contact = company.ContactsOn(Side).Insert(
            ("tag", tag), (ContactBook.NameOn(Side), $"k{token}-x"), (ContactBook.ParentOn(Side), value));
        company.Contacts.Entered.Add(tag);
        company.Contacts.Touch(contact);
        company.Ledger.NoteEdit(token, $"name of a new contact on the {Side} side, {tag}");
        return default;
    }

    public override string ToString() => $"user enters a contact of {(Parent is { } place ? Name(place) : "nobody")} on the {Side} side";
}

/// <summary>A user gives a contact another name.</summary>
internal sealed record EditContact(SyncSide Side, int Place) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        var table = company.ContactsOn(Side);
        if (Pick(table.Records, Place) is { } contact)
        {
            var token = company.Ledger.NewToken();
            company.Ledger.Supersede(Tokens.Of(contact[ContactBook.NameOn(Side)]));
            _ = table.Update(contact.Id, (ContactBook.NameOn(Side), $"k{token}-x"));
            company.Contacts.Touch(contact);
            company.Ledger.NoteEdit(token, $"name of a contact on the {Side} side, {contact["tag"]}");
        }

        return default;
    }

    public override string ToString() => $"user renames contact {Name(Place)} on the {Side} side";
}

/// <summary>A user gives a contact to another customer or account.</summary>
internal sealed record MoveContact(SyncSide Side, int Place, int? Parent) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        var table = company.ContactsOn(Side);
        if (Pick(table.Records, Place) is { } contact)
        {
            var parent = Parent is { } place ? Pick(company.CustomersOn(Side).Records, place) : null;
            var value = parent is null ? FieldValue.Blank : Simulation.Company.ReferenceTo(Side, parent);
            _ = table.Update(contact.Id, (ContactBook.ParentOn(Side), value));
            company.Contacts.Touch(contact);
        }

        return default;
    }

    public override string ToString() => $"user gives contact {Name(Place)} on the {Side} side to {(Parent is { } place ? Name(place) : "nobody")}";
}

/// <summary>A user deletes a contact.</summary>
internal sealed record DeleteContact(SyncSide Side, int Place) : HistoryStep
{
    public override ValueTask PerformAsync(World world, Company company)
    {
        if (Pick(company.ContactsOn(Side).Records, Place) is { } contact)
        {
            company.Contacts.Delete(Side, contact);
        }

        return default;
    }

    public override string ToString() => $"user deletes contact {Name(Place)} on the {Side} side";
}

/// <summary>A user merges an account into another one.</summary>
/// <param name="Place">The account that is merged.</param>
/// <param name="Survivor">The account that remains, and whose values the user keeps.</param>
internal sealed record MergeAccounts(int Place, int Survivor) : HistoryStep
{
    public override async ValueTask PerformAsync(World world, Company company)
    {
        var accounts = company.CustomersOn(SyncSide.Integration);
        if (!company.Settings.HasMerges || Pick(accounts.Records, Place) is not { } merged || Pick(accounts.Records, Survivor) is not { } survivor
            || merged.Id == survivor.Id || company.IsMerged(SyncSide.Integration, merged) || company.IsMerged(SyncSide.Integration, survivor))
        {
            return;
        }

        foreach (var field in company.TokenFields)
        {
            company.Ledger.Supersede(Tokens.Of(merged[field]));
        }

        var isNew = (await world.ReadStoreAsync(company, Tables.Customer)).Intents.All(intent => intent.SourceId != survivor.Id);
        if (isNew && await world.FindCouplingAsync(company, Tables.Customer, SyncSide.Integration, survivor.Id) is null)
        {
            company.BlankAtMerge.UnionWith(company.TokenFields.Where(field => survivor[field].IsBlank).Select(field => (survivor.Id, field)));
        }

        company.Terms.Replace(SyncSide.Integration, merged, (await world.FindCouplingAsync(company, Tables.Customer, SyncSide.Integration, merged.Id))?.LocalId);
        company.Terms.Decide(merged.Id, survivor.Id);
        company.Integration.Merge(Tables.Accounts, merged.Id, survivor.Id);
        company.Ledger.NoteEvent();
        company.Ledger.Loosen(merged["tag"].ToString());
        company.Ledger.Loosen(survivor["tag"].ToString());

        // What a person said about the survivor before, the merge contradicts.
        _ = company.TakenApart.RemoveWhere(pair => pair.Integration == survivor.Id);
    }

    public override string ToString() => $"user merges account {Name(Place)} into {Name(Survivor)}";
}
