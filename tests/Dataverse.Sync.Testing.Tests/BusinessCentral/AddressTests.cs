using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class AddressTests
{
    [Fact]
    public async Task Online_tenant_and_on_premises_addresses_serve_the_same_company()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        foreach (var root in new[]
        {
            bc.Emulator.BaseAddress,
            bc.Emulator.TenantBaseAddress,
            bc.Emulator.OnPremisesBaseAddress,
        })
        {
            var answer = await bc.SendRawAsync("GET", $"{root}companies", null);

            answer.Status.Should().Be(200);
            answer.Column("name").Should().Equal("CRONUS");
            ((string)answer.Json["@odata.context"]!).Should().Be($"{root}$metadata#companies");
        }
    }

    [Fact]
    public async Task Company_is_checked_before_the_set_and_the_set_before_the_record()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var unknown = Guid.NewGuid();

        (await bc.SendRawAsync("GET", $"companies({unknown})/nonsense", null)).ShouldBeRefused(
            404, "Internal_CompanyNotFound");
        (await bc.GetAsync($"nonsense({unknown})")).ShouldBeRefused(404, "BadRequest_NotFound");
        (await bc.GetAsync($"customers({unknown})")).ShouldBeRefused(404, "BadRequest_ResourceNotFound");
        (await bc.GetAsync("customers(10000)")).ShouldBeRefused(400, "BadRequest_InvalidRequestUrl");
    }

    [Fact]
    public async Task Company_may_be_named_by_query_option()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = bc.Customer("C1");

        (await bc.SendRawAsync("GET", "customers?company=CRONUS", null)).Column("number").Should().Equal("C1");
        (await bc.SendRawAsync("GET", $"customers?company={BusinessCentralFixture.Company}", null)).Column("number")
            .Should().Equal("C1");
    }

    [Fact]
    public async Task Wrong_environment_and_unknown_route_are_not_found()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.SendRawAsync(
            "GET", new Uri(bc.Emulator.BaseAddress, "/v2.0/sandbox/api/v2.0/companies").ToString(),
            null)).ShouldBeRefused(404, "NoEnvironment");
        (await bc.SendRawAsync(
            "GET", new Uri(bc.Emulator.BaseAddress, "/v2.0/production/api/contoso/sync/v1.0/companies").ToString(),
            null)).ShouldBeRefused(404, "BadRequest_NotFound");
    }

    [Fact]
    public async Task Companies_are_read_only_and_have_no_tag()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await bc.SendRawAsync("GET", BusinessCentralFixture.CompanyPath, null);

        answer.Json.Select(property => property.Key).Should().Equal(
            "@odata.context", "id", "systemVersion", "timestamp", "name", "displayName", "businessProfileId",
            "systemCreatedAt", "systemCreatedBy", "systemModifiedAt", "systemModifiedBy");
        (await bc.SendRawAsync("POST", "companies", "{}")).ShouldBeRefused(405, "BadRequest_MethodNotAllowed");
        (await bc.SendRawAsync("PATCH", BusinessCentralFixture.CompanyPath, "{}", ("If-Match", "*"))).ShouldBeRefused(
            405, "BadRequest_MethodNotAllowed");
    }

    [Fact]
    public async Task Company_may_be_named_by_its_alternate_key()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = bc.Emulator.AddCompany("O'Neil");

        (await bc.SendRawAsync("GET", "companies(name='CRONUS')/customers", null)).Status.Should().Be(200);
        ((string)(await bc.SendRawAsync("GET", "companies(name='O''Neil')", null)).Json["name"]!).Should().Be("O'Neil");
        (await bc.SendRawAsync("GET", "companies(name='Nobody')", null)).ShouldBeRefused(
            404, "Internal_CompanyNotFound");
    }

    [Theory]
    [InlineData("PATCH", "customers")]
    [InlineData("DELETE", "customers")]
    [InlineData("PUT", "customers")]
    [InlineData("POST", "currencyExchangeRates")]
    [InlineData("POST", "companyInformation")]
    public async Task Verb_that_the_resource_lacks_is_not_allowed(string method, string path)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.SendAsync(method, path, new JsonObject(), ("If-Match", "*"))).ShouldBeRefused(
            405, "BadRequest_MethodNotAllowed");
    }

    [Fact]
    public async Task Contacts_information_without_a_parent_is_refused()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await bc.GetAsync("contactsInformation");

        answer.ShouldBeRefused(400, "Application_DialogException");
        answer.Message.Should().Be("id type not specified.");
    }

    [Fact]
    public async Task Service_document_lists_the_sets()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await bc.SendRawAsync("GET", "", null);

        answer.Column("name").Should().Equal(
            "entityDefinitions", "subscriptions", "agedAccountsPayables", "agedAccountsReceivables", "companies",
            "companyInformation", "contacts", "contactsInformation", "currencies", "currencyExchangeRates",
            "customerFinancialDetails", "customers", "defaultDimensions", "dimensionValues", "dimensions",
            "documentAttachments", "paymentMethods", "paymentTerms", "pictures", "salespeoplePurchasers",
            "shipmentMethods", "vendors");
        answer.Rows.Should().OnlyContain(
            row => (string)row["kind"]! == "EntitySet" && row["url"]!.ToString() == row["name"]!.ToString());
    }

    [Fact]
    public async Task Overlong_url_is_400_and_far_longer_500_but_never_414()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.GetAsync($"customers?$filter=number eq '{new string('x', 16_000)}'")).Status.Should().Be(400);
        (await bc.GetAsync($"customers?$filter=number eq '{new string('x', 40_000)}'")).Status.Should().Be(500);
    }
}
