using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests;

public sealed class StandardMappingOptionsTests
{
    [Fact]
    [Trait("parity", "BC-2.4-02")]
    [Trait("parity", "BC-2.4-03")]
    [Trait("parity", "BC-14.3-02")]
    public async Task Ownership_by_person_sends_the_salesperson_of_a_customer_as_the_owner()
    {
        using var standard = new StandardFixture();
        var user = standard.AddUser("Jim Olive");
        _ = await standard.FullAsync("SALESPEOPLE");
        var code = standard.Local["salespeoplePurchasers"].Records[0]["code"];
        var customer = standard.Local["customers"].Insert(("displayName", "Adatum"), ("salespersonCode", code)).Id;

        _ = await standard.FullAsync("CUSTOMER");
        _ = standard.Local["customers"].Update(customer, ("salespersonCode", null));
        _ = await standard.FullAsync("CUSTOMER");

        standard.Integration["account"].Records.Should().ContainSingle().Which["ownerid"]
            .Should().Be(FieldValue.Reference(user, "systemuser"), "a blank salesperson leaves the owner");
    }

    [Fact]
    [Trait("parity", "BC-14.3-02")]
    public async Task Ownership_by_person_never_takes_an_owner_back()
    {
        using var standard = new StandardFixture();
        var (first, second) = (standard.AddUser("Jim Olive"), standard.AddUser("Otis Falls"));
        _ = await standard.FullAsync("SALESPEOPLE");
        var code = standard.Local["salespeoplePurchasers"]
            .Records.Single(record => record["displayName"].AsText() == "Jim Olive")["code"];
        var customer = standard.Local["customers"].Insert(("displayName", "Adatum"), ("salespersonCode", code)).Id;
        _ = await standard.FullAsync("CUSTOMER");
        var account = standard.Integration["account"].Records.Should().ContainSingle().Subject;
        account["ownerid"].AsIdentifier().Should().Be(first);
        _ = standard.Integration["account"].Update(account.Id, ("ownerid", FieldValue.Reference(second, "systemuser")));

        _ = await standard.Engine.SynchronizeModifiedAsync();

        standard.Local["customers"].Find(customer)!["salespersonCode"].Should().Be(code);
    }

    [Fact]
    public async Task Ownership_by_team_synchronizes_neither_owners_nor_salespeople()
    {
        using var standard = new StandardFixture(new() { Ownership = RecordOwnership.Team });
        _ = standard.AddUser("Jim Olive");
        _ = standard.Local["customers"].Insert(("displayName", "Adatum"), ("salespersonCode", "NOBODY"));

        var jobs = await standard.FullAsync();

        jobs.Keys.Should().Equal("CURRENCY", "CUSTOMER", "VENDOR", "CONTACT");
        jobs["CUSTOMER"].Counters.Should().Be(new SyncCounters { Inserted = 1 });
        standard.Integration["account"].Records[0]["ownerid"].IsBlank.Should().BeTrue();
        standard.Local["salespeoplePurchasers"].Count.Should().Be(0);
    }

    [Theory]
    [InlineData("number", "accountnumber", "C100")]
    [InlineData("displayName", "name", "Adatum")]
    public async Task Customers_and_accounts_match_by_number_and_name(
        string local,
        string integration,
        string value)
    {
        using var standard = new StandardFixture();
        _ = standard.Local["customers"].Insert((local, value));
        _ = standard.Integration["account"].Insert((integration, value), ("statecode", 0), ("customertypecode", 3));

        var job = await standard.FullAsync("CUSTOMER");

        (job.Counters.Coupled, job.Counters.Inserted).Should().Be((1, 0));
        (standard.Local["customers"].Count, standard.Integration["account"].Count).Should().Be((1, 1));
    }

    [Theory]
    [InlineData("CUSTOMER", 3)]
    [InlineData("VENDOR", 11)]
    public async Task An_email_confirms_a_name_and_does_not_replace_it(string mapping, int relationship)
    {
        using var standard = new StandardFixture();
        var local = standard.Local[mapping == "CUSTOMER" ? "customers" : "vendors"];
        _ = local.Insert(("number", "1"), ("displayName", "Adatum"), ("email", "info@adatum.example"));
        _ = local.Insert(("number", "2"), ("displayName", "Fabrikam"), ("email", "info@fabrikam.example"));
        _ = Account("Adatum Corporation", "INFO@adatum.example");
        _ = Account("Fabrikam", "sales@fabrikam.example");
        var confirmed = Account("Fabrikam", "info@fabrikam.example").Id;

        var job = await standard.FullAsync(mapping);

        job.Counters.Should().BeEquivalentTo(new { Coupled = 1, Inserted = 0, Doubtful = 3 });
        (await standard.Engine.Couplings.ListAsync(mapping).ToListAsync())
            .Should().ContainSingle().Which.IntegrationId.Should().Be(confirmed);

        TableRecord Account(string name, string email) => standard.Integration["account"].Insert(
            ("name", name), ("emailaddress1", email), ("statecode", 0), ("customertypecode", relationship));
    }

    [Fact]
    public async Task Salespeople_match_by_email()
    {
        using var standard = new StandardFixture();
        _ = standard.AddUser("Jim Olive");
        _ = standard.Local["salespeoplePurchasers"].Insert(("code", "JO"), ("email", "jim.olive@contoso.com"));

        var job = await standard.FullAsync("SALESPEOPLE");

        job.Counters.Coupled.Should().Be(1);
        var salesperson = standard.Local["salespeoplePurchasers"].Records.Should().ContainSingle().Subject;
        (salesperson["code"].AsText(), salesperson["displayName"].AsText()).Should().Be(("JO", "Jim Olive"));
    }

    [Fact]
    [Trait("parity", "BC-14.6-01")]
    public async Task Records_do_not_match_when_the_option_is_off_but_currencies_still_do()
    {
        using var standard = new StandardFixture(new() { MatchesRecords = false });
        _ = standard.Local["customers"].Insert(("displayName", "Adatum"));
        _ = standard.Integration["account"].Insert(("name", "Adatum"), ("statecode", 0), ("customertypecode", 3));
        _ = standard.Local["currencies"].Insert(("code", "EUR"), ("displayName", "Euro"));

        var jobs = await standard.FullAsync();

        jobs["CUSTOMER"].Counters.Should().Be(new SyncCounters { Inserted = 2 });
        jobs["CURRENCY"].Counters
            .Should().Match<SyncCounters>(counters => counters.Coupled == 1 && counters.Inserted == 0);
    }
}
