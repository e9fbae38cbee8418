using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests;

/// <summary>The fields of the standard mappings arrive in the columns of Business Central's default setup, in its directions.</summary>
public sealed class StandardFieldTests
{
    private static readonly (string Local, string Integration)[] Address =
    [
        ("addressLine1", "address1_line1"),
        ("addressLine2", "address1_line2"),
        ("postalCode", "address1_postalcode"),
        ("city", "address1_city"),
        ("country", "address1_country"),
        ("state", "address1_stateorprovince"),
    ];

    private static readonly (string Local, string Integration)[] Partner =
    [
        ("displayName", "name"),
        .. Address,
        ("email", "emailaddress1"),
        ("website", "websiteurl"),
        ("phoneNumber", "telephone1"),
    ];

    private static readonly (string Local, string Integration)[] Person =
    [
        ("displayName", "fullname"),
        .. Address,
        ("email", "emailaddress1"),
        ("website", "websiteurl"),
        ("mobilePhoneNumber", "mobilephone"),
        ("phoneNumber", "telephone1"),
    ];

    [Fact]
    [Trait("parity", "BC-14.3-03")]
    [Trait("parity", "BC-14.3-05")]
    [Trait("parity", "BC-14.3-06")]
    [Trait("parity", "BC-14.3-07")]
    [Trait("parity", "BC-14.3-08")]
    [Trait("parity", "BC-14.3-09")]
    [Trait("parity", "BC-14.3-10")]
    [Trait("parity", "BC-14.3-12")]
    [Trait("parity", "BC-14.3-14")]
    [Trait("parity", "BC-14.3-15")]
    public async Task Texts_of_a_customer_travel_both_ways()
    {
        using var standard = new StandardFixture();

        await TravelBothWaysAsync(standard, "customers", "account", Partner);
    }

    [Fact]
    [Trait("parity", "BC-14.4-03")]
    [Trait("parity", "BC-14.4-05")]
    [Trait("parity", "BC-14.4-06")]
    [Trait("parity", "BC-14.4-07")]
    [Trait("parity", "BC-14.4-08")]
    [Trait("parity", "BC-14.4-09")]
    [Trait("parity", "BC-14.4-10")]
    [Trait("parity", "BC-14.4-12")]
    [Trait("parity", "BC-14.4-14")]
    [Trait("parity", "BC-14.4-15")]
    public async Task Texts_of_a_vendor_travel_both_ways()
    {
        using var standard = new StandardFixture();

        await TravelBothWaysAsync(standard, "vendors", "account", Partner);
    }

    [Fact]
    [Trait("parity", "BC-14.5-04")]
    [Trait("parity", "BC-14.5-05")]
    [Trait("parity", "BC-14.5-06")]
    [Trait("parity", "BC-14.5-07")]
    [Trait("parity", "BC-14.5-08")]
    [Trait("parity", "BC-14.5-09")]
    [Trait("parity", "BC-14.5-10")]
    [Trait("parity", "BC-14.5-12")]
    [Trait("parity", "BC-14.5-13")]
    [Trait("parity", "BC-14.5-14")]
    [Trait("parity", "BC-14.5-15")]
    [Trait("parity", "BC-14.5-16")]
    [Trait("parity", "BC-14.5-18")]
    public async Task Texts_of_a_contact_travel_both_ways()
    {
        using var standard = new StandardFixture();
        _ = AddCompany(standard);

        await TravelBothWaysAsync(standard, "contacts", "contact", Person, ("type", "Person"), ("companyNumber", "CT100"));
    }

    [Fact]
    [Trait("parity", "BC-14.5-19")]
    [Trait("parity", "BC-14.5-22")]
    public async Task Person_in_Dataverse_becomes_a_contact_of_type_person_of_its_company()
    {
        using var standard = new StandardFixture();
        _ = AddCompany(standard);
        _ = await standard.FullAsync();
        var account = standard.Integration["account"].Records.Should().ContainSingle().Subject.Id;
        _ = standard.Integration["contact"].Insert(
            ("fullname", "Robert Townes"), ("parentcustomerid", FieldValue.Reference(account, "account")), ("statecode", 0));

        var job = await standard.FullAsync("CONTACT");

        job.Counters.Should().Be(new SyncCounters { Inserted = 1 });
        var contact = standard.Local["contacts"].Records.Should().ContainSingle().Subject;
        (contact["type"].AsText(), contact["companyNumber"].AsText(), contact["displayName"].AsText())
            .Should().Be(("Person", "CT100", "Robert Townes"));
    }

    [Theory]
    [InlineData("customers")]
    [InlineData("vendors")]
    [Trait("parity", "BC-2.4-07")]
    [Trait("parity", "BC-14.3-11")]
    [Trait("parity", "BC-14.4-11")]
    public async Task Currency_travels_both_ways_and_the_local_one_is_blank(string table)
    {
        using var standard = new StandardFixture();
        var dollar = standard.Local["currencies"].Insert(("code", "USD")).Id;
        var partner = standard.Local[table].Insert(("displayName", "Adatum")).Id;
        _ = await standard.FullAsync();
        var account = standard.Integration["account"].Records.Should().ContainSingle().Subject;
        account["transactioncurrencyid"].AsIdentifier().Should().Be(standard.Euro);

        await ChooseAsync(standard.CurrencyOf("USD").Id);
        standard.Local[table].Find(partner)!["currencyId"].AsIdentifier().Should().Be(dollar);

        await ChooseAsync(standard.Euro);
        standard.Local[table].Find(partner)!["currencyId"].IsBlank.Should().BeTrue();

        async Task ChooseAsync(Guid currency)
        {
            _ = standard.Integration["account"].Update(
                account.Id, ("transactioncurrencyid", FieldValue.Reference(currency, "transactioncurrency")));
            _ = await standard.Engine.SynchronizeModifiedAsync();
            standard.Time.Advance(TimeSpan.FromMinutes(15));
        }
    }

    [Fact]
    [Trait("parity", "BC-14.1-04")]
    public async Task Blocked_vendor_takes_no_part()
    {
        using var standard = new StandardFixture();
        _ = standard.Local["vendors"].Insert(("displayName", "Blocked"), ("blocked", "Payment"));

        var job = await standard.FullAsync("VENDOR");

        job.Counters.Should().Be(SyncCounters.None);
    }

    [Fact]
    [Trait("parity", "BC-14.4-19")]
    public void Vendors_have_no_credit_limit() =>
        StandardMappings.Create().Single(mapping => mapping.Name == StandardMappingNames.Vendor)
            .Fields.Should().NotContain(field => field.IntegrationField == "creditlimit");

    [Fact]
    [Trait("parity", "BC-14.2-01")]
    [Trait("parity", "BC-14.2-02")]
    [Trait("parity", "BC-14.2-03")]
    [Trait("parity", "BC-14.2-04")]
    [Trait("parity", "BC-14.2-05")]
    public async Task Fields_of_a_user_arrive_and_the_disabled_ones_do_not()
    {
        using var standard = new StandardFixture();
        var user = standard.AddUser("Jim Olive");
        _ = standard.Integration["systemuser"].Update(
            user, ("mobilephone", "555-01"), ("jobtitle", "Manager"), ("personalemailaddress", "jim@example.com"));

        _ = await standard.FullAsync("SALESPEOPLE");

        var salesperson = standard.Local["salespeoplePurchasers"].Records.Should().ContainSingle().Subject;
        (salesperson["email"].AsText(), salesperson["displayName"].AsText(), salesperson["phoneNo"].AsText())
            .Should().Be(("Jim.Olive@contoso.com", "Jim Olive", "555-01"));
        (salesperson["jobTitle"].IsBlank, salesperson["email2"].IsBlank).Should().Be((true, true));
    }

    private static Guid AddCompany(StandardFixture standard)
    {
        var company = standard.Local["customers"].Insert(("displayName", "Adatum")).Id;
        _ = standard.Local["contactsInformation"].Insert(
            ("contactNumber", "CT100"), ("contactType", "Company"), ("relatedType", "Customer"), ("relatedId", company));
        return company;
    }

    // Each field has a value of its own, so that two fields that changed places are noticed.
    private static async Task TravelBothWaysAsync(
        StandardFixture standard,
        string localTable,
        string integrationTable,
        (string Local, string Integration)[] fields,
        params (string Field, object? Value)[] further)
    {
        var local = standard.Local[localTable]
            .Insert([.. fields.Select(field => (field.Local, (object?)$"{field.Local} 1")), .. further]).Id;
        _ = await standard.FullAsync();
        var row = standard.Integration[integrationTable].Records.Should().ContainSingle().Subject;
        fields.Select(field => row[field.Integration].AsText()).Should().Equal(fields.Select(field => $"{field.Local} 1"));

        _ = standard.Integration[integrationTable].Update(
            row.Id, [.. fields.Select(field => (field.Integration, (object?)$"{field.Integration} 2"))]);
        _ = await standard.Engine.SynchronizeModifiedAsync();

        var record = standard.Local[localTable].Find(local)!;
        fields.Select(field => record[field.Local].AsText()).Should().Equal(fields.Select(field => $"{field.Integration} 2"));
    }
}
