namespace Dataverse.Sync.Simulation;

/// <summary>The invariants of contacts, which are checked once everything is quiet.</summary>
internal static class ContactState
{
    public static async Task CheckAsync(World world, Company company)
    {
        if (!company.Settings.HasContacts)
        {
            return;
        }

        var contents = await world.ReadStoreAsync(company, Tables.Contact);
        foreach (var side in Sides)
        {
            foreach (var contact in company.ContactsOn(side).Records)
            {
                IsCoupledOrReported(company, contents, side, contact);
            }
        }

        foreach (var coupling in contents.Couplings)
        {
            await AgreeAsync(world, company, contents, coupling);
        }

        NobodyIsGone(company);
    }

    private static SyncSide[] Sides { get; } = [SyncSide.Local, SyncSide.Integration];

    // I1: no contact is left alone without a reason. I3: none is there twice.
    private static void IsCoupledOrReported(Company company, StoreContents contents, SyncSide side, TableRecord contact)
    {
        var isCoupled = contents.Couplings.Any(coupling => coupling.IdOf(side) == contact.Id);
        Require(isCoupled || HasReason(contents, side, contact.Id), "I1", $"Contact {contact["tag"]} on the {side} side has no partner, and no reason is stated.");
        var count = company.ContactsOn(side).Records.Count(other => other["tag"] == contact["tag"]);
        Require(count == 1 || company.Ledger.IsLoose(contact["tag"].ToString()), "I3", $"Contact {contact["tag"]} is there {count} times on the {side} side.");
    }

    // I1 and I16: the contacts of a pair have one name, and belong to one pair of customer and account.
    private static async Task AgreeAsync(World world, Company company, StoreContents contents, Coupling coupling)
    {
        var local = company.ContactsOn(SyncSide.Local).Find(coupling.LocalId);
        var integration = company.ContactsOn(SyncSide.Integration).Find(coupling.IntegrationId);
        var isExplained = HasReason(contents, SyncSide.Local, coupling.LocalId) || HasReason(contents, SyncSide.Integration, coupling.IntegrationId)
            || contents.Conflicts.Any(conflict => conflict.Resolution == ConflictResolution.Open && conflict.LocalId == coupling.LocalId);
        if (isExplained)
        {
            return;
        }

        Require(local is not null && integration is not null, "I1", $"The pair of contacts {local?["tag"]}/{integration?["tag"]} has lost a record and nobody is told.");
        Require(local!["name"] == integration!["fullname"], "I1", $"The contacts {local["tag"]} differ: {local["name"]} and {integration["fullname"]}.");
        var customer = company.CustomersOn(SyncSide.Local).Records.FirstOrDefault(record => record["number"] == local["customer"]);
        var account = integration[Tables.AccountOfPerson];
        var partner = customer is null ? null : await world.FindCouplingAsync(company, Tables.Customer, SyncSide.Local, customer.Id);
        var partnerOfAccount = account.IsBlank ? null : await world.FindCouplingAsync(company, Tables.Customer, SyncSide.Integration, account.AsIdentifier());
        if ((partner is null && !local["customer"].IsBlank) || (partnerOfAccount is null && !account.IsBlank) || HaveNewPartners(company) || CameBack(company, account))
        {
            // What refers to a record that is gone or was uncoupled does not travel.
            return;
        }

        Require(
            (partner is null && account.IsBlank) || (partner is not null && !account.IsBlank && account.AsIdentifier() == partner.IntegrationId),
            "I16", $"The contacts {local["tag"]} belong to {local["customer"]} and {account}.");
    }

    // What refers to two records is not edited when they get other partners.
    private static bool HaveNewPartners(Company company) =>
        company.HasBeenCoupledByPerson || company.Ledger.LeavesUncoupled || company.Settings is { HasMerges: true } or { Filter: OutsideFilterPolicy.Uncouple };

    // A restored backup brings an account back whose customer has got another one since: both exist, each with a partner.
    private static bool CameBack(Company company, FieldValue account)
    {
        var accounts = company.CustomersOn(SyncSide.Integration);
        return company.Ledger.HasRestored && !account.IsBlank && accounts.Find(account.AsIdentifier()) is { } found
            && accounts.Records.Count(other => other["tag"] == found["tag"]) > 1;
    }

    // I22: contacts that nobody deleted exist, whatever a service did to their partners.
    private static void NobodyIsGone(Company company)
    {
        var tags = Sides.SelectMany(side => company.ContactsOn(side).Records.Select(contact => contact["tag"].ToString())).ToHashSet();
        foreach (var tag in company.Contacts.Entered)
        {
            Require(tags.Contains(tag) || company.Contacts.MayBeGone(tag), "I22", $"Contact {tag} is gone although nobody deleted it.");
        }
    }

    private static bool HasReason(StoreContents contents, SyncSide side, Guid id) => contents.Failures.Any(failure => failure.Record == new RecordKey(side, id));

    private static void Require(bool holds, string invariant, string message)
    {
        if (!holds)
        {
            throw new InvariantViolationException(invariant, message);
        }
    }
}
