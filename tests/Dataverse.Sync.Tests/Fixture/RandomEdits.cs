namespace Dataverse.Sync.Tests.Fixture;

/// <summary>Edits that users make on either side; the same seed gives the same edits.</summary>
internal static class RandomEdits
{
    public static void Edit(EngineFixture crm, Random random)
    {
        crm.Time.Advance(TimeSpan.FromSeconds(2));
        var (customers, accounts) = (crm.Customers.Records, crm.Accounts.Records);
        switch (random.Next(7))
        {
            case 0:
                _ = crm.Customers.Insert(
                    ("displayName", $"C{random.Next(100)}"),
                    ("creditLimit", (decimal)random.Next(9)));
                break;
            case 1:
                _ = crm.Accounts.Insert(("name", $"A{random.Next(100)}"), ("creditlimit", (decimal)random.Next(9)));
                break;
            case 2 or 3 when customers.Count > 0:
                _ = crm.Customers.Update(
                    customers[random.Next(customers.Count)].Id,
                    random.Next(2) == 0 ? ("displayName", $"c{random.Next(100)}") : ("creditLimit", (decimal)random.Next(1, 9)));
                break;
            case 4 or 5 when accounts.Count > 0:
                _ = crm.Accounts.Update(
                    accounts[random.Next(accounts.Count)].Id,
                    random.Next(2) == 0 ? ("name", $"a{random.Next(100)}") : ("creditlimit", (decimal)random.Next(1, 9)));
                break;
            case 6 when random.Next(3) == 0 && accounts.Count > 0:
                crm.Accounts.Delete(accounts[random.Next(accounts.Count)].Id);
                break;
            default:
                break;
        }
    }
}
