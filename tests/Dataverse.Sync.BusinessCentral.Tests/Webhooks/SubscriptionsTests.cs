using System.Net;

namespace Dataverse.Sync.BusinessCentral.Tests.Webhooks;

/// <summary>The requests for subscriptions, and which tables resources are about.</summary>
public sealed class SubscriptionsTests
{
    private const string Url = "https://sync.contoso.com/hooks/business-central";
    private const string Resource = $"/api/v2.0/companies({StubService.Company})/customers";

    [Fact]
    public async Task Subscription_is_created_without_a_company_in_the_address_and_not_repeated()
    {
        using var service = StubService.Answering(_ => StubHandler.Html(504));

        var create = () => service.Connector.Subscriptions.CreateAsync("customers", new(Url), "secret");

        await create.Should().ThrowAsync<ConnectorException>();
        var request = service.Requests.Should().ContainSingle().Subject;
        (request.Method, request.Address.AbsolutePath).Should().Be(("POST", "/v2.0/production/api/v2.0/subscriptions"));
        request.Body.Should().Be($$"""{"notificationUrl":"{{Url}}","resource":"{{Resource}}","clientState":"secret"}""");
    }

    [Fact]
    public async Task Table_of_a_custom_page_has_the_subscriptions_of_its_route()
    {
        using var service = StubService.Answering(
            _ => StubHandler.Json(Row("/api/contoso/sync/v1.0/companies(11111111-2222-3333-4444-555555555555)/projects")),
            options => options.Tables["jobs"] = new() { Route = "contoso/sync/v1.0", EntitySet = "projects" });

        var created = await service.Connector.Subscriptions.CreateAsync("jobs", new(Url), "secret");

        service.Requests.Single().Address.AbsolutePath.Should().Be("/v2.0/production/api/contoso/sync/v1.0/subscriptions");
        (created.Id, created.Version, created.Resource).Should().Be(
            ("a1", "W/\"1\"", $"/api/contoso/sync/v1.0/companies({StubService.Company})/projects"));
        created.ExpiresOn.Should().Be(new DateTimeOffset(2026, 8, 20, 10, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task List_follows_pages_and_leaves_out_what_is_about_other_tables()
    {
        using var service = StubService.Answering(
            () => StubHandler.Json($$"""
                {"value":[{{Row($"https://erp.example/v2.0/production{Resource}")}},
                          {{Row(Resource.Replace("1111", "9999", StringComparison.Ordinal))}},
                          {{Row(Resource + "Card")}},{"subscriptionId":7},null],
                 "@odata.nextLink":"https://erp.example/v2.0/production/api/v2.0/subscriptions?$skiptoken=1"}
                """),
            () => StubHandler.Json($$"""{"value":[{{Row(Resource.ToUpperInvariant())}},{{Row("/api/v2.0/companies()/customers")}}]}"""));

        var found = await service.Connector.Subscriptions.ListAsync(["customers", "vendors"]);

        found.Should().HaveCount(2).And.OnlyContain(item => item.Resource == Resource);
        service.Requests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("""{"value":7}""")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    public async Task Answer_that_is_no_list_is_malformed(string answer)
    {
        using var service = StubService.Answering(answer);

        var list = () => service.Connector.Subscriptions.ListAsync(["customers"]);

        (await list.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
    }

    [Fact]
    public async Task Renewal_sends_the_resource_as_it_was_written_under_the_version_that_was_read()
    {
        var written = $"https://erp.example/v2.0/production{Resource}";
        using var service = StubService.Answering(request => StubHandler.Json(
            request.Method == "GET" ? $$"""{"value":[{{Row(written, "it's")}}]}""" : Row(written, "it's")));
        var found = (await service.Connector.Subscriptions.ListAsync(["customers"])).Single();

        (await service.Connector.Subscriptions.RenewAsync(found, "other")).Should().Be(found);

        var request = service.Requests[^1];
        (request.Method, Uri.UnescapeDataString(request.Address.AbsolutePath)).Should().Be(
            ("PATCH", "/v2.0/production/api/v2.0/subscriptions('it''s')"));
        request.Body.Should().Contain($"\"resource\":\"{written}\"").And.Contain("other");
        request.Headers["If-Match"].Should().Be("W/\"1\"");
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.PreconditionFailed)]
    public async Task Renewal_that_is_overtaken_is_no_failure(HttpStatusCode status)
    {
        using var service = StubService.Answering(request => request.Method == "GET"
            ? StubHandler.Json($$"""{"value":[{{Row(Resource)}}]}""")
            : StubHandler.Html((int)status));
        var found = (await service.Connector.Subscriptions.ListAsync(["customers"])).Single();

        (await service.Connector.Subscriptions.RenewAsync(found, "secret")).Should().BeNull();
        await service.Connector.Subscriptions.DeleteAsync(found);
    }

    [Theory]
    [InlineData("customers", Resource, true)]
    [InlineData("customers", "https://erp.example/v2.0/x/production" + Resource + "(6d81597f-0f9f-4711-8122-000d3aa2331c)", true)]
    [InlineData("customers", Resource + "?$filter=lastModifiedDateTime gt 2026-08-17T09:59:59.95Z", true)]
    [InlineData("customers", Resource + "Financials", false)]
    [InlineData("vendors", Resource, false)]
    [InlineData("customers", "/api/v2.0/companies(99999999-2222-3333-4444-555555555555)/customers", false)]
    [InlineData("customers", "/api/v1.0/companies(11111111-2222-3333-4444-555555555555)/customers", false)]
    [InlineData("customers", "/api/v2.0/companies(nonsense)/customers", false)]
    [InlineData("customers", "/fapi/v2.0/companies(11111111-2222-3333-4444-555555555555)/customers", false)]
    [InlineData("customers", "customers", false)]
    [InlineData("customers", "", false)]
    public async Task Resource_is_about_a_table_of_the_company(string table, string resource, bool expected)
    {
        using var service = StubService.Answering("""{"value":[]}""");
        (await service.Connector.Subscriptions.GetResourceAsync("customers")).Should().Be(Resource);

        service.Connector.Subscriptions.IsAbout(table, resource).Should().Be(expected);
    }

    [Theory]
    [InlineData("customers", true)]
    [InlineData("contactsInformation", false)]
    [InlineData("companies", false)]
    public void Tables_under_others_cannot_be_subscribed_to(string table, bool expected)
    {
        using var service = StubService.Answering("{}");

        service.Connector.Subscriptions.CanSubscribe(table).Should().Be(expected);
    }

    private static string Row(string resource, string id = "a1") => $$"""
        {"@odata.etag":"W/\"1\"","subscriptionId":"{{id}}","notificationUrl":"{{Url}}","resource":"{{resource}}",
         "clientState":"secret","expirationDateTime":"2026-08-20T10:00:00Z"}
        """;
}
