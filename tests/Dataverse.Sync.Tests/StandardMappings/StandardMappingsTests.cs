using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests;

/// <summary>The standard mappings over tables with the fields of both services.</summary>
public sealed class StandardMappingsTests
{
    [Theory]
    [InlineData(RecordOwnership.Person, true)]
    [InlineData(RecordOwnership.Person, false)]
    [InlineData(RecordOwnership.Team, true)]
    [InlineData(RecordOwnership.Team, false)]
    public async Task Standard_mappings_fit_their_tables(RecordOwnership ownership, bool matches)
    {
        using var standard = new StandardFixture(new() { Ownership = ownership, MatchesRecords = matches });

        var validate = () => standard.Engine.ValidateAsync();

        await validate.Should().NotThrowAsync();
    }

    [Fact]
    [Trait("parity", "BC-14.1-01")]
    [Trait("parity", "BC-14.1-02")]
    [Trait("parity", "BC-14.1-04")]
    [Trait("parity", "BC-14.1-06")]
    [Trait("parity", "BC-14.1-08")]
    [Trait("parity", "BC-14.1-09")]
    [Trait("parity", "BC-14.1-14")]
    public void Standard_mappings_are_those_of_Business_Central_in_dependency_order() =>
        StandardMappings.Create()
            .Select(mapping => (mapping.Name, mapping.LocalTable, mapping.IntegrationTable, mapping.Direction))
            .Should().Equal(
                ("SALESPEOPLE", "salespeoplePurchasers", "systemuser", SyncDirection.FromIntegrationTable),
                ("CURRENCY", "currencies", "transactioncurrency", SyncDirection.ToIntegrationTable),
                ("CUSTOMER", "customers", "account", SyncDirection.Bidirectional),
                ("VENDOR", "vendors", "account", SyncDirection.Bidirectional),
                ("CONTACT", "contacts", "contact", SyncDirection.Bidirectional));

    [Fact]
    [Trait("parity", "BC-14.2-04")]
    [Trait("parity", "BC-14.2-05")]
    [Trait("parity", "BC-14.3-21")]
    [Trait("parity", "BC-14.4-21")]
    public void Fields_that_Business_Central_disables_are_disabled() =>
        StandardMappings.Create()
            .SelectMany(mapping =>
                mapping.Fields.Where(field => !field.IsEnabled).Select(field => $"{mapping.Name} {field.Key}"))
            .Should().Equal(
                "SALESPEOPLE jobTitle>jobtitle",
                "SALESPEOPLE email2>personalemailaddress",
                "CUSTOMER number>accountnumber",
                "VENDOR number>accountnumber");

    [Theory]
    [InlineData("customers", "CUSTOMER", 3)]
    [InlineData("vendors", "VENDOR", 11)]
    [Trait("parity", "BC-14.1-10")]
    public async Task New_account_gets_the_relationship_type_of_its_mapping(string table, string mapping, long type)
    {
        using var standard = new StandardFixture();
        _ = standard.Local[table].Insert(("displayName", "Adatum"), ("city", "Graz"), ("phoneNumber", "123"));

        var jobs = await standard.FullAsync();
        var again = await standard.FullAsync();

        jobs[mapping].Counters.Should().Be(new SyncCounters { Inserted = 1 });
        again.Values
            .Should().OnlyContain(job => job.Counters.Modified + job.Counters.Inserted + job.Counters.Failed == 0);
        var account = standard.Integration["account"].Records.Should().ContainSingle().Subject;
        account["customertypecode"].AsInteger().Should().Be(type);
        (account["name"].AsText(), account["address1_city"].AsText(), account["telephone1"].AsText())
            .Should().Be(("Adatum", "Graz", "123"));
    }

    [Fact]
    [Trait("parity", "BC-14.1-10")]
    public async Task Relationship_type_that_a_user_changes_is_not_set_again()
    {
        using var standard = new StandardFixture();
        var customer = standard.Local["customers"].Insert(("displayName", "Adatum")).Id;
        _ = await standard.FullAsync("CUSTOMER");
        var account = standard.Integration["account"].Records[0].Id;
        _ = standard.Integration["account"].Update(account, ("customertypecode", 5));
        _ = standard.Local["customers"].Update(customer, ("displayName", "Adatum Ltd."));

        _ = await standard.FullAsync("CUSTOMER");

        standard.Integration["account"].Find(account)!["customertypecode"].AsInteger().Should().Be(5);
    }

    [Fact]
    [Trait("parity", "BC-14.1-02")]
    [Trait("parity", "BC-14.1-03")]
    [Trait("parity", "BC-14.1-05")]
    public async Task Blocked_customers_and_accounts_of_another_type_or_state_take_no_part()
    {
        using var standard = new StandardFixture();
        _ = standard.Local["customers"].Insert(("displayName", "Blocked"), ("blocked", "All"));
        _ = standard.Integration["account"].Insert(("name", "Inactive"), ("statecode", 1), ("customertypecode", 3));
        _ = standard.Integration["account"].Insert(("name", "Competitor"), ("statecode", 0), ("customertypecode", 1));

        var jobs = await standard.FullAsync();

        jobs.Values.Select(job => job.Counters).Should().AllBeEquivalentTo(SyncCounters.None);
    }

    [Fact]
    [Trait("parity", "BC-1.1-02")]
    [Trait("parity", "BC-14.1-05")]
    public async Task Account_becomes_a_customer_or_a_vendor_by_its_type()
    {
        using var standard = new StandardFixture();
        _ = standard.Integration["account"]
            .Insert(("name", "Buyer"), ("statecode", 0), ("customertypecode", 3), ("creditlimit", 9m));
        _ = standard.Integration["account"].Insert(("name", "Seller"), ("statecode", 0), ("customertypecode", 11));

        _ = await standard.FullAsync();

        var customer = standard.Local["customers"].Records.Should().ContainSingle().Subject;
        (customer["displayName"].AsText(), customer["creditLimit"].AsDecimal())
            .Should().Be(("Buyer", 0m), "credit limits only travel to Dataverse");
        standard.Local["vendors"].Records.Should().ContainSingle().Which["displayName"].AsText().Should().Be("Seller");
    }

    [Fact]
    [Trait("parity", "BC-14.1-01")]
    public async Task Only_users_who_are_enabled_and_licensed_and_human_become_salespeople()
    {
        using var standard = new StandardFixture();
        _ = standard.AddUser("Jim Olive");
        _ = standard.AddUser("Disabled", isDisabled: true);
        _ = standard.AddUser("Unlicensed", isLicensed: false);
        _ = standard.AddUser("Integration", isIntegrationUser: true);

        var job = await standard.FullAsync("SALESPEOPLE");

        job.Counters.Should().Be(new SyncCounters { Inserted = 1 });
        standard.Local["salespeoplePurchasers"].Records
            .Should().ContainSingle().Which["displayName"].AsText().Should().Be("Jim Olive");
    }

    [Theory]
    [InlineData("customers", "Customer")]
    [InlineData("vendors", "Vendor")]
    [Trait("parity", "BC-14.5-20")]
    [Trait("parity", "BC-14.5-22")]
    public async Task Person_contact_belongs_to_the_account_that_its_company_leads_to(string table, string relation)
    {
        using var standard = new StandardFixture();
        var company = standard.Local[table].Insert(("displayName", "Adatum")).Id;
        _ = standard.Local["contactsInformation"].Insert(
            ("contactNumber", "CT100"), ("contactType", "Company"), ("relatedType", relation), ("relatedId", company));
        _ = standard.Local["contacts"]
            .Insert(("type", "Person"), ("companyNumber", "CT100"), ("displayName", "Robert Townes"));

        var jobs = await standard.FullAsync();

        jobs["CONTACT"].Counters.Should().Be(new SyncCounters { Inserted = 1 });
        var contact = standard.Integration["contact"].Records.Should().ContainSingle().Subject;
        contact["fullname"].AsText().Should().Be("Robert Townes");
        contact["parentcustomerid"]
            .Should().Be(FieldValue.Reference(standard.Integration["account"].Records[0].Id, "account"));
    }

    [Fact]
    public async Task Person_of_a_company_that_is_no_customer_or_vendor_is_skipped()
    {
        using var standard = new StandardFixture();
        _ = standard.Local["contacts"]
            .Insert(("type", "Person"), ("companyNumber", "CT100"), ("displayName", "Robert Townes"));

        var job = await standard.FullAsync("CONTACT");

        job.Counters.Should().Be(new SyncCounters { Skipped = 1 });
        standard.Integration["contact"].Count.Should().Be(0);
    }

    [Fact]
    [Trait("parity", "BC-14.1-06")]
    public async Task Companies_and_persons_without_a_company_take_no_part_in_the_contact_mapping()
    {
        using var standard = new StandardFixture();
        _ = standard.Local["contacts"].Insert(("type", "Company"), ("displayName", "Adatum"));
        _ = standard.Local["contacts"].Insert(("type", "Person"), ("displayName", "Nobody's"));

        var job = await standard.FullAsync("CONTACT");

        job.Counters.Should().Be(SyncCounters.None);
    }
}
