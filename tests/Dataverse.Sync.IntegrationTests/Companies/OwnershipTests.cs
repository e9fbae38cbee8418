using Dataverse.Sync.Testing;

namespace Dataverse.Sync.IntegrationTests.Companies;

/// <summary>Who owns the accounts that are created, as in the connection setup of Business Central.</summary>
public sealed class OwnershipTests
{
    private static readonly SyncRunOptions Creating = new() { OnlyCoupledRecords = false };

    [Fact]
    public async Task With_the_ownership_of_a_team_new_accounts_belong_to_the_default_team_of_the_company()
    {
        await using var bench = await CompanyBench.StartAsync();
        var team = TeamOf(bench, "Owners");
        var a = bench.Add("A", new() { Ownership = RecordOwnership.Team }, team);
        var customer = a.Customer("Adatum");

        await a.AllAsync();

        OwnerOf(bench, await a.AccountOfAsync(customer)).Should().Be(new DataverseReference("team", team));
    }

    [Fact]
    public async Task A_configured_owner_comes_before_the_team_of_the_company_and_needs_no_company()
    {
        await using var bench = await CompanyBench.StartAsync();
        var team = TeamOf(bench, "Owners");
        var owner = FieldValue.Reference(team, "team");
        var a = bench.Add("A", new() { Ownership = RecordOwnership.Team, DefaultOwner = owner, CompanyColumns = [] });
        var customer = a.Customer("Adatum");

        await a.AllAsync();

        OwnerOf(bench, await a.AccountOfAsync(customer)).Should().Be(new DataverseReference("team", team));
    }

    [Fact]
    [Trait("parity", "BC-2.4-01")]
    public async Task The_owner_of_an_existing_account_stays()
    {
        await using var bench = await CompanyBench.StartAsync();
        var a = bench.Add("A", new() { Ownership = RecordOwnership.Team }, TeamOf(bench, "Owners"));
        var account = bench.Account("Adatum");
        var before = OwnerOf(bench, account);
        var customer = a.Customer("Adatum", phone: "2");

        await a.AllAsync();

        (await a.AccountOfAsync(customer)).Should().Be(account);
        OwnerOf(bench, account).Should().Be(before);
    }

    [Fact]
    public async Task A_customer_without_a_salesperson_belongs_to_the_default_team()
    {
        await using var bench = await CompanyBench.StartAsync();
        var team = TeamOf(bench, "Owners");
        var a = bench.Add("A", team: team);
        var customer = a.Customer("Adatum");

        await a.AllAsync();

        OwnerOf(bench, await a.AccountOfAsync(customer)).Should().Be(new DataverseReference("team", team));
    }

    [Fact]
    [Trait("parity", "BC-2.4-04")]
    public async Task A_salesperson_without_a_user_holds_no_customer_back_and_becomes_the_owner_later()
    {
        await using var bench = await CompanyBench.StartAsync();
        var team = TeamOf(bench, "Owners");
        var a = bench.Add("A", team: team);
        _ = AddUser(bench, email: null);
        AddSalesperson(bench, a, "PS", "ps@contoso.com");
        var customer = a.Customer("Adatum", salesperson: "PS");

        await a.AllAsync();

        var account = await a.AccountOfAsync(customer);
        OwnerOf(bench, account).Should().Be(new DataverseReference("team", team));
        var user = AddUser(bench, "ps@contoso.com");
        await a.AllAsync();
        _ = await a.ModifiedAsync();
        OwnerOf(bench, account).Should().Be(new DataverseReference("systemuser", user));
    }

    [Fact]
    public async Task An_owner_whom_a_person_chose_meanwhile_is_kept_until_the_salesperson_changes()
    {
        await using var bench = await CompanyBench.StartAsync();
        var a = bench.Add("A", team: TeamOf(bench, "Owners"));
        AddSalesperson(bench, a, "PS", "ps@contoso.com");
        var customer = a.Customer("Adatum", salesperson: "PS");
        await a.AllAsync();
        var account = await a.AccountOfAsync(customer);
        var chosen = new DataverseReference("team", TeamOf(bench, "Chosen"));
        _ = bench.Accounts.Update(account, ("ownerid", chosen));
        bench.Dataverse.Requests.Reset();

        _ = await a.ModifiedAsync(Creating);

        OwnerOf(bench, account).Should().Be(chosen);
        bench.Dataverse.Requests.RowWriteCount.Should().Be(0);
    }

    [Fact]
    [Trait("parity", "BC-2.4-04")]
    public async Task A_salesperson_without_a_user_holds_the_customer_back_if_asked()
    {
        await using var bench = await CompanyBench.StartAsync();
        var a = bench.Add("A", new() { RequiresCoupledSalesperson = true });
        AddSalesperson(bench, a, "PS", "ps@contoso.com");
        _ = a.Customer("Adatum", salesperson: "PS");

        await a.AllAsync();

        bench.Accounts.Count.Should().Be(0);
        (await a.FailuresAsync()).Should().ContainSingle()
            .Which.Error.Code.Should().Be(SyncErrorCodes.ReferenceNotCoupled);
    }

    [Fact]
    public async Task A_new_salesperson_without_a_user_leaves_the_owner_of_the_account()
    {
        await using var bench = await CompanyBench.StartAsync();
        var a = bench.Add("A", team: TeamOf(bench, "Owners"));
        var user = AddUser(bench, "js@contoso.com");
        AddSalesperson(bench, a, "JS", "js@contoso.com");
        AddSalesperson(bench, a, "PS", "ps@contoso.com");
        var customer = a.Customer("Adatum", salesperson: "JS");
        await a.AllAsync();
        var account = await a.AccountOfAsync(customer);
        OwnerOf(bench, account).Should().Be(new DataverseReference("systemuser", user));

        _ = a.Customers.Update(customer, new() { ["salespersonCode"] = "PS", ["phoneNumber"] = "2" });
        _ = await a.ModifiedAsync();

        OwnerOf(bench, account).Should().Be(new DataverseReference("systemuser", user));
        bench.Accounts.Get(account)["telephone1"].Should().Be("2");
    }

    private static Guid TeamOf(CompanyBench bench, string name) => bench.Dataverse.Table("team").Insert(
        ("name", name), ("businessunitid", bench.Dataverse.Table("team").Rows[0]["businessunitid"])).Id;

    private static DataverseReference? OwnerOf(CompanyBench bench, Guid account) =>
        bench.Accounts.Get(account)["ownerid"] as DataverseReference;

    private static void AddSalesperson(CompanyBench bench, CompanyUnderTest company, string code, string email) =>
        bench.BusinessCentral.Table("salespeoplePurchasers", company.Company.Id).Insert(
            new() { ["code"] = code, ["displayName"] = code, ["email"] = email });

    // The organization has one licensed person.
    private static Guid AddUser(CompanyBench bench, string? email)
    {
        var users = bench.Dataverse.Table("systemuser");
        var person = users.Rows.Single(row => row["islicensed"] is true).Id;
        _ = users.Update(person, ("internalemailaddress", email ?? "nobody@contoso.com"), ("isdisabled", email is null));
        return person;
    }
}
