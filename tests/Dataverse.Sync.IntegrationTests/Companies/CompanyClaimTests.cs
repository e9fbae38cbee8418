using System.Text.Json.Nodes;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.IntegrationTests.Companies;

/// <summary>Two companies share the account table of one organization, and each claims its rows.</summary>
public sealed class CompanyClaimTests
{
    private static readonly SyncRunOptions Creating = new() { OnlyCoupledRecords = false };

    [Fact]
    public async Task A_new_account_carries_its_company_in_the_write_that_creates_it()
    {
        await using var bench = await CompanyBench.StartAsync();
        var a = bench.Add("A");
        await a.AllAsync();
        var customer = a.Customer("Adatum");
        bench.Dataverse.Requests.Reset();

        var job = await a.ModifiedAsync(Creating);

        job.Counters.Inserted.Should().Be(1);
        bench.CompanyOf(await a.AccountOfAsync(customer)).Should().Be(a.Row);
        bench.Dataverse.Requests.RowWriteCount.Should().Be(1);
    }

    [Fact]
    [Trait("parity", "BC-14.1-03")]
    public async Task Each_company_takes_over_its_own_accounts_only()
    {
        await using var bench = await CompanyBench.StartAsync();
        var (a, b) = (bench.Add("A"), bench.Add("B"));
        _ = bench.Account("Of A", "A1", a.Row);
        _ = bench.Account("Of B", "B1", b.Row);

        await a.AllAsync();
        await b.AllAsync();

        a.CustomerNames.Should().Equal("Of A");
        b.CustomerNames.Should().Equal("Of B");
        bench.Accounts.Count.Should().Be(2);
    }

    [Fact]
    public async Task An_account_of_another_company_does_not_match()
    {
        await using var bench = await CompanyBench.StartAsync();
        var (a, b) = (bench.Add("A"), bench.Add("B"));
        var ofB = bench.Account("Adatum", "10000", b.Row, phone: "999");
        var customer = a.Customer("Adatum", number: "10000");

        await a.AllAsync();

        bench.Accounts.Count.Should().Be(2);
        (await a.AccountOfAsync(customer)).Should().NotBe(ofB);
        a.PhoneOf(customer).Should().Be("1");
        bench.Accounts.Get(ofB)["telephone1"].Should().Be("999");
    }

    [Fact]
    public async Task An_account_that_nobody_claims_is_claimed_by_the_first_company()
    {
        await using var bench = await CompanyBench.StartAsync();
        var (a, b) = (bench.Add("A"), bench.Add("B"));
        var account = bench.Account("Free");

        await a.AllAsync();
        await b.AllAsync();

        bench.CompanyOf(account).Should().Be(a.Row);
        a.CustomerNames.Should().Equal("Free");
        b.CustomerNames.Should().BeEmpty();
    }

    [Fact]
    public async Task A_match_that_nobody_claims_is_claimed_when_it_is_coupled()
    {
        await using var bench = await CompanyBench.StartAsync();
        var a = bench.Add("A");
        var account = bench.Account("Adatum");
        var customer = a.Customer("Adatum");

        await a.AllAsync();

        (await a.AccountOfAsync(customer)).Should().Be(account);
        bench.CompanyOf(account).Should().Be(a.Row);
    }

    [Fact]
    public async Task A_run_that_only_matches_claims_too()
    {
        await using var bench = await CompanyBench.StartAsync();
        var a = bench.Add("A");
        var account = bench.Account("Adatum");
        _ = a.Customer("Adatum");

        (await a.Engine.Couplings.MatchAsync("CUSTOMER")).Counters.Coupled.Should().Be(1);

        bench.CompanyOf(account).Should().Be(a.Row);
    }

    [Fact]
    public async Task A_claim_is_neither_an_edit_nor_a_conflict_nor_an_echo()
    {
        await using var bench = await CompanyBench.StartAsync();
        var a = bench.Add("A");
        _ = bench.Account("Free");
        _ = bench.Account("Adatum");
        _ = a.Customer("Adatum");
        await a.AllAsync();
        bench.Dataverse.Requests.Reset();
        bench.BusinessCentral.Requests.Reset();

        foreach (var job in new[] { await a.ModifiedAsync(), await a.FullAsync() })
        {
            job.Counters.Should().BeEquivalentTo(
                new SyncCounters { Unchanged = job.Counters.Unchanged });
        }

        (await a.Engine.Issues.ListConflictsAsync("CUSTOMER").ToListAsync()).Should().BeEmpty();
        bench.Dataverse.Requests.RowWriteCount.Should().Be(0);
        bench.BusinessCentral.Requests.RowWriteCount.Should().Be(0);
    }

    [Fact]
    public async Task The_table_of_companies_is_read_once_for_each_engine()
    {
        await using var bench = await CompanyBench.StartAsync();
        var a = bench.Add("A");

        await a.AllAsync();
        await a.AllAsync();
        _ = await a.ModifiedAsync();

        bench.Dataverse.Requests.Entries
            .Count(entry => entry.PathAndQuery.Contains("/bcbi_companies", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task A_full_run_claims_pairs_that_were_coupled_before_the_column_existed()
    {
        await using var bench = await CompanyBench.StartAsync();
        var a = bench.Add("A", new() { CompanyColumns = [] });
        var customer = a.Customer("Adatum");
        await a.AllAsync();
        var account = await a.AccountOfAsync(customer);
        bench.CompanyOf(account).Should().BeNull();
        var later = bench.Connect(a.Company, a.Row);

        var job = await later.FullAsync();

        job.Counters.Modified.Should().Be(1);
        bench.CompanyOf(account).Should().Be(a.Row);
    }

    [Fact]
    public async Task An_update_claims_an_account_whose_company_is_empty()
    {
        await using var bench = await CompanyBench.StartAsync();
        var a = bench.Add("A");
        var customer = a.Customer("Adatum");
        await a.AllAsync();
        var account = await a.AccountOfAsync(customer);
        _ = bench.Accounts.Update(account, ("bcbi_companyid", null));
        _ = a.Customers.Update(customer, new() { ["phoneNumber"] = "2" });
        bench.Dataverse.Requests.Reset();

        _ = await a.ModifiedAsync();

        bench.CompanyOf(account).Should().Be(a.Row);
        bench.Accounts.Get(account)["telephone1"].Should().Be("2");
        bench.Dataverse.Requests.RowWriteCount.Should().Be(1);
    }

    [Fact]
    public async Task Uncoupling_releases_an_own_account_and_leaves_the_pair_alone()
    {
        await using var bench = await CompanyBench.StartAsync();
        var a = bench.Add("A");
        var customer = a.Customer("Adatum");
        await a.AllAsync();
        var account = await a.AccountOfAsync(customer);

        _ = await a.Engine.Couplings.UncoupleAsync("CUSTOMER", SyncSide.Local, [customer]);

        bench.CompanyOf(account).Should().BeNull();
        (await a.ModifiedAsync(Creating)).Counters.Should().BeEquivalentTo(new SyncCounters());
        (await a.Engine.Doubts.ListAsync("CUSTOMER").ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Removing_a_coupling_after_a_deletion_releases_the_account()
    {
        await using var bench = await CompanyBench.StartAsync();
        var a = bench.Add("A", customer: builder => builder.OnDeletion(DeletionPolicy.RemoveCoupling));
        var customer = a.Customer("Adatum");
        await a.AllAsync();
        var account = await a.AccountOfAsync(customer);
        a.Customers.Delete(customer);

        (await a.FullAsync()).Counters.Uncoupled.Should().Be(1);

        bench.CompanyOf(account).Should().BeNull();
    }

    [Fact]
    public async Task A_pair_that_its_filter_uncouples_releases_the_account()
    {
        await using var bench = await CompanyBench.StartAsync();
        var a = bench.Add("A", customer: builder => builder.WhenOutsideFilter(OutsideFilterPolicy.Uncouple));
        var customer = a.Customer("Adatum");
        await a.AllAsync();
        var account = await a.AccountOfAsync(customer);
        _ = a.Customers.Update(customer, new() { ["blocked"] = "All" });

        (await a.ModifiedAsync()).Counters.Uncoupled.Should().Be(1);

        bench.CompanyOf(account).Should().BeNull();
    }

    [Fact]
    public async Task A_coupled_account_that_moved_to_another_company_is_not_written_and_comes_back()
    {
        await using var bench = await CompanyBench.StartAsync();
        var (a, b) = (bench.Add("A"), bench.Add("B"));
        var customer = a.Customer("Adatum");
        await a.AllAsync();
        var account = await a.AccountOfAsync(customer);
        _ = bench.Accounts.Update(account, ("bcbi_companyid", new DataverseReference("bcbi_company", b.Row)), ("telephone1", "777"));
        _ = a.Customers.Update(customer, new() { ["displayName"] = "Adatum A" });

        _ = await a.ModifiedAsync();
        _ = await a.FullAsync();

        bench.Accounts.Get(account)["name"].Should().Be("Adatum");
        a.PhoneOf(customer).Should().Be("1");
        (await a.FailuresAsync()).Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.OtherCompany);

        _ = bench.Accounts.Update(
            account, ("bcbi_companyid", new DataverseReference("bcbi_company", a.Row)), ("telephone1", "555"));
        _ = await a.FullAsync();

        bench.Accounts.Get(account)["name"].Should().Be("Adatum A");
        a.PhoneOf(customer).Should().Be("555");
        (await a.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task An_account_of_another_company_is_not_deleted_with_its_customer()
    {
        await using var bench = await CompanyBench.StartAsync();
        var (a, b) = (bench.Add("A", customer: builder => builder.OnDeletion(DeletionPolicy.DeleteRecord)), bench.Add("B"));
        var customer = a.Customer("Adatum");
        await a.AllAsync();
        var account = await a.AccountOfAsync(customer);
        _ = bench.Accounts.Update(account, ("bcbi_companyid", new DataverseReference("bcbi_company", b.Row)));
        a.Customers.Delete(customer);

        _ = await a.FullAsync();
        _ = await a.Engine.Issues.DeleteSurvivorAsync("CUSTOMER", SyncSide.Integration, account);

        bench.Accounts.Find(account).Should().NotBeNull();
    }

    [Fact]
    public async Task A_person_cannot_couple_the_account_of_another_company()
    {
        await using var bench = await CompanyBench.StartAsync();
        var (a, b) = (bench.Add("A"), bench.Add("B"));
        var account = bench.Account("Of B", company: b.Row);
        var customer = a.Customer("Adatum");

        var coupling = () => a.Engine.Couplings.CoupleAsync("CUSTOMER", customer, account);

        (await coupling.Should().ThrowAsync<SyncConfigurationException>()).WithMessage("*another company*");
    }

    [Fact]
    public async Task A_person_who_couples_a_free_account_claims_it()
    {
        await using var bench = await CompanyBench.StartAsync();
        var a = bench.Add("A");
        var account = bench.Account("Free");

        _ = await a.Engine.Couplings.CoupleAsync("CUSTOMER", a.Customer("Adatum"), account);

        bench.CompanyOf(account).Should().Be(a.Row);
    }

    [Fact]
    [Trait("parity", "BC-1.1-20")]
    public async Task With_the_switch_for_several_companies_accounts_of_others_are_read_but_not_written()
    {
        await using var bench = await CompanyBench.StartAsync();
        var (a, b) = (bench.Add("A", new() { ReadsAllCompanies = true }), bench.Add("B"));
        var account = bench.Account("Of B", company: b.Row);
        await a.AllAsync();
        a.CustomerNames.Should().Equal("Of B");
        var customer = a.Customers.Rows[0]["id"]!.GetValue<Guid>();

        _ = a.Customers.Update(customer, new() { ["phoneNumber"] = "2" });
        (await a.ModifiedAsync()).Counters.Failed.Should().Be(1);

        bench.CompanyOf(account).Should().Be(b.Row);
        bench.Accounts.Get(account)["telephone1"].Should().Be("1");
        (await a.FailuresAsync()).Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.OtherCompany);
    }

    [Fact]
    public async Task A_company_that_the_organization_does_not_know_is_refused()
    {
        await using var bench = await CompanyBench.StartAsync();
        var a = bench.Connect(bench.BusinessCentral.AddCompany("A", "USD"), Guid.Empty);

        var running = () => a.Engine.SynchronizeFullAsync("CUSTOMER");

        (await running.Should().ThrowAsync<SyncConfigurationException>()).WithMessage("*bcbi_companyid*bcbi_externalid*");
    }

    [Fact]
    public async Task A_preview_shows_claims()
    {
        await using var bench = await CompanyBench.StartAsync();
        var a = bench.Add("A");
        var account = bench.Account("Free");

        var preview = await a.Engine.PreviewAsync("CUSTOMER", SyncJobKind.Full);

        preview.Operations.Where(operation => operation.Side == SyncSide.Integration && operation.RecordId == account)
            .Should().ContainSingle().Which.Fields.Should().ContainSingle(field => field.Field == "bcbi_companyid");
        bench.CompanyOf(account).Should().BeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dual_write_companies_are_found_by_id_or_by_name(bool isById)
    {
        await using var bench = await CompanyBench.StartAsync(new() { Companies = DataverseCompanies.DualWrite });
        var company = bench.BusinessCentral.AddCompany("A", "USD");
        var row = bench.Dataverse.Table("cdm_company").Insert(
            ("cdm_companyid", isById ? company.Id : Guid.NewGuid()),
            ("cdm_companycode", isById ? "usmf" : "A")).Id;
        var a = bench.Connect(company, row);
        var customer = a.Customer("Adatum");

        await a.AllAsync();

        (bench.Accounts.Get(await a.AccountOfAsync(customer))["msdyn_company"] as DataverseReference)!.Id.Should().Be(row);
    }

    [Fact]
    [Trait("parity", "BC-14.1-07")]
    public async Task Contacts_are_claimed_with_their_company_and_those_of_others_are_left_alone()
    {
        await using var bench = await CompanyBench.StartAsync();
        var (a, b) = (bench.Add("A"), bench.Add("B"));
        var (accountA, accountB) = (bench.Account("Of A", "A1", a.Row), bench.Account("Of B", "B1", b.Row));
        var contacts = bench.Dataverse.Table("contact");
        var free = contacts.Insert(
            ("firstname", "Anna"), ("lastname", "Berg"), ("parentcustomerid", new DataverseReference("account", accountA))).Id;
        var ofB = contacts.Insert(
            ("firstname", "Bert"),
            ("lastname", "Olsen"),
            ("parentcustomerid", new DataverseReference("account", accountB)),
            ("bcbi_companyid", new DataverseReference("bcbi_company", b.Row))).Id;

        await a.AllAsync();

        contacts.Get(free)["bcbi_companyid"].Should().Be(new DataverseReference("bcbi_company", a.Row));
        contacts.Get(ofB)["bcbi_companyid"].Should().Be(new DataverseReference("bcbi_company", b.Row));
        bench.BusinessCentral.Table("contacts", a.Company.Id).Rows.Select(row => row["displayName"]!.GetValue<string>())
            .Should().Contain("Anna Berg").And.NotContain("Bert Olsen");
    }

    [Fact]
    public async Task Without_change_tracking_an_account_that_comes_back_is_synchronized()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Accounts.ChangeTracking = false;
        var (a, b) = (bench.Add("A"), bench.Add("B"));
        var customer = a.Customer("Adatum");
        await a.AllAsync();
        var account = await a.AccountOfAsync(customer);
        _ = bench.Accounts.Update(account, ("bcbi_companyid", new DataverseReference("bcbi_company", b.Row)), ("telephone1", "777"));
        _ = await a.ModifiedAsync();
        a.PhoneOf(customer).Should().Be("1");

        _ = bench.Accounts.Update(account, ("bcbi_companyid", new DataverseReference("bcbi_company", a.Row)));
        _ = await a.ModifiedAsync();

        a.PhoneOf(customer).Should().Be("777");
    }
}
