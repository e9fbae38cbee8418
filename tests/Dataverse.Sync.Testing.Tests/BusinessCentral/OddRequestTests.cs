using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

/// <summary>Requests that clients rarely send, or send by mistake.</summary>
public sealed class OddRequestTests
{
    [Theory]
    [InlineData("PUT", "customers")]
    [InlineData("PUT", "customers({0})")]
    [InlineData("POST", "customers({0})")]
    [InlineData("HEAD", "customers")]
    [InlineData("OPTIONS", "customers")]
    [InlineData("TRACE", "customers")]
    [InlineData("PURGE", "customers({0})")]
    [InlineData("DELETE", "customers/$count")]
    [InlineData("POST", "customers({0})/contactsInformation")]
    [InlineData("PATCH", "customers({0})/contactsInformation")]
    [InlineData("DELETE", "customers({0})/defaultDimensions")]
    public async Task Verb_that_the_resource_does_not_have_is_refused(string method, string path)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var target = string.Format(null, path, bc.Customer("C1")["id"]);

        var answer = await bc.SendAsync(method, target, null, ("If-Match", "*"));

        answer.Status.Should().Be(405);
        if (method != "HEAD")
        {
            answer.Code.Should().Be("BadRequest_MethodNotAllowed");
        }
    }

    [Fact]
    public async Task Slash_at_the_end_changes_nothing()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = bc.Customer("C1")["id"];

        (await bc.GetAsync("customers/")).Column("number").Should().Equal("C1");
        (await bc.GetAsync($"customers({id})/")).Id.Should().Be((string)id!);
    }

    [Theory]
    [InlineData("customers?$select=nonsense", 400, "BadRequest")]
    [InlineData("customers?$expand=nonsense", 400, "BadRequest")]
    [InlineData("customers?$expand=contactsInformation($select=nonsense)", 400, "BadRequest")]
    [InlineData("customers?$expand=contactsInformation($filter=nonsense eq 1)", 400, "BadRequest")]
    [InlineData("customers?$expand=contactsInformation($expand=nonsense)", 400, "BadRequest")]
    [InlineData("customers?$expand=displayName", 400, "BadRequest")]
    [InlineData("customers?$filter=defaultDimensions/any(d:d/dimensionCode eq 'A')", 400, "BadRequest")]
    [InlineData("customers?$filter=defaultDimensions/$count gt 0", 501, "BadRequest_MethodNotImplemented")]
    [InlineData("customers?$filter=currency/code eq 'EUR'", 501, "BadRequest_MethodNotImplemented")]
    [InlineData("customers?$orderby=currency/code", 501, "BadRequest_MethodNotImplemented")]
    [InlineData("customers?$top=-1", 400, "BadRequest")]
    [InlineData("customers?$top=x", 400, "BadRequest")]
    [InlineData("customers?$count=maybe", 400, "BadRequest")]
    [InlineData("customers?$top=1&$top=2", 400, "BadRequest")]
    [InlineData("customers?$filter=blocked eq 'Nonsense'", 400, "BadRequest")]
    [InlineData("customers?$filter=blocked in ('All','Nonsense')&$schemaversion=2.1", 400, "BadRequest")]
    [InlineData("customers(", 400, "BadRequest_InvalidRequestUrl")]
    [InlineData("customers()", 400, "BadRequest_InvalidRequestUrl")]
    [InlineData("Customers", 404, "BadRequest_NotFound")]
    public async Task Mistake_in_the_url_is_refused(string path, int status, string code)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = bc.Customer("C1");

        (await bc.GetAsync(path)).ShouldBeRefused(status, code);
    }

    [Fact]
    public async Task Enums_are_ordered_by_their_ordinal_values()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        foreach (var member in new[] { "All", "_x0020_", "Invoice", "Ship" })
        {
            _ = bc.Insert("customers", new JsonObject { ["displayName"] = member, ["blocked"] = member });
        }

        var ascending = await bc.GetAsync("customers?$orderby=blocked");
        var pages = await bc.GetAsync("customers?$orderby=blocked desc", ("Prefer", "odata.maxpagesize=3"));

        ascending.Column("blocked").Should().Equal("_x0020_", "Ship", "Invoice", "All");
        pages.Column("blocked").Should().Equal("All", "Invoice", "Ship");
        (await bc.SendRawAsync("GET", pages.NextLink!, null)).Column("blocked").Should().Equal("_x0020_");
        (await bc.GetAsync("customers?$filter=blocked eq 'Ship' or blocked eq '_x0020_'")).Column("blocked").Should()
            .BeEquivalentTo("_x0020_", "Ship");
    }

    [Theory]
    [InlineData("blocked eq Microsoft.NAV.customerBlocked'All'", "All")]
    [InlineData("Microsoft.NAV.customerBlocked'Ship' eq blocked", "Ship")]
    [InlineData("blocked eq 'All'", "All")]
    [InlineData("displayName eq 'Microsoft.NAV.customerBlocked''x''' or displayName eq 'Ship'", "Ship")]
    public async Task Enum_is_compared_with_a_member_with_or_without_its_type(string filter, string found)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        foreach (var member in new[] { "All", "Ship" })
        {
            _ = bc.Insert("customers", new JsonObject { ["displayName"] = member, ["blocked"] = member });
        }

        var answer = await bc.GetAsync($"customers?$filter={filter}");

        answer.Status.Should().Be(200, answer.Text);
        answer.Column("blocked").Should().Equal(found);
        (await bc.GetAsync("customers?$filter=blocked eq Microsoft.NAV.vendorBlocked'All'")).ShouldBeRefused(
            400, "BadRequest");
    }

    [Fact]
    public async Task Key_may_carry_the_name_of_its_property()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = bc.Customer("C1")["id"];
        var link = (await bc.GetAsync($"customers(id={id})/contactsInformation")).Rows.Single()["contactId"];

        (await bc.GetAsync($"customers({id})/contactsInformation(contactId={link})")).Status.Should().Be(200);
        (await bc.GetAsync($"customers(number={id})")).ShouldBeRefused(400, "BadRequest_InvalidRequestUrl");
    }

    [Fact]
    public async Task Property_that_comes_twice_is_refused()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await bc.SendRawAsync(
            "POST", $"{BusinessCentralFixture.CompanyPath}/customers", """{"displayName":"A","city":"B","city":"C"}""");

        answer.ShouldBeRefused(400, "BadRequest");
        answer.Message.Should().Contain("'city'");
    }

    [Fact]
    public async Task Value_that_is_no_text_for_an_enum_names_its_type()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.SendAsync("POST", "customers", new JsonObject { ["displayName"] = "A", ["blocked"] = 1 })).Message
            .Should().Contain("'Microsoft.NAV.customerBlocked'");
    }

    [Fact]
    public async Task Expanded_collection_has_options_of_its_own()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var customer = bc.Customer("C1");
        var company = bc.Emulator.Table("contacts").Rows.Single();
        foreach (var name in new[] { "Ann", "Bob", "Cid" })
        {
            _ = bc.Insert(
                "contacts",
                new JsonObject
                {
                    ["type"] = "Person",
                    ["displayName"] = name,
                    ["companyNumber"] = (string)company["number"]!,
                });
        }

        var row = (await bc.GetAsync(
            $"customers({customer["id"]})?$expand=contactsInformation($filter=contactType eq 'Person';"
            + "$orderby=contactName desc;$top=2;$skip=1;$count=true;$select=contactName;"
            + "$expand=contact($select=number,displayName))"))
            .Json;

        ((int)row["contactsInformation@odata.count"]!).Should().Be(3);
        var links = row["contactsInformation"]!.AsArray();
        links.Select(link => link!["contactName"]!.ToString()).Should().Equal("Bob", "Ann");
        links[0]!["contact"]!.AsObject().Select(property => property.Key).Should()
            .Equal("@odata.etag", "number", "displayName");
    }

    [Fact]
    public async Task Hidden_record_does_not_appear_in_expansions()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var currency = bc.Insert("currencies", new JsonObject { ["code"] = "EUR" });
        _ = bc.Insert("customers", new JsonObject { ["displayName"] = "A", ["currencyId"] = (string)currency["id"]! });
        bc.Emulator.Table("currencies").SetHidden(Guid.Parse((string)currency["id"]!));

        (await bc.GetAsync("customers?$expand=currency")).Rows.Single()["currency"].Should().BeNull();
    }

    [Fact]
    public async Task Page_of_more_than_the_limit_is_refused()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.GetAsync("customers", ("Prefer", "odata.maxpagesize=20000"))).Status.Should().Be(200);
        (await bc.GetAsync("customers", ("Prefer", "odata.maxpagesize=20001"))).Status.Should().Be(413);
    }

    [Theory]
    [InlineData("currencyExchangeRates", null, false)]
    [InlineData("currencyExchangeRates", "ReadOnly", false)]
    [InlineData("currencyExchangeRates", "ReadWrite", true)]
    [InlineData("currencies", null, true)]
    [InlineData("currencies", "readonly", false)]
    public async Task Page_of_rates_asks_for_the_replica_by_itself(string set, string? intent, bool isCurrent)
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new() { ReplicaLag = TimeSpan.FromSeconds(10) });
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, set + ".json"),
            $$"""{"value":[{"id":"{{Guid.NewGuid()}}","{{(set == "currencies" ? "code" : "currencyCode")}}":"EUR"}]}""");
        bc.Time.Advance(TimeSpan.FromMinutes(1));
        await bc.Emulator.LoadAsync(folder.Path, BusinessCentralFixture.Company);
        (string, string)[] headers = intent is null ? [] : [("Data-Access-Intent", intent)];

        (await bc.GetAsync(set, headers)).Rows.Should().HaveCount(isCurrent ? 1 : 0);
        bc.Time.Advance(TimeSpan.FromSeconds(11));
        (await bc.GetAsync(set, headers)).Rows.Should().HaveCount(1);
    }

    [Fact]
    public async Task Intent_to_read_only_is_an_error_on_every_write()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = bc.Customer("C1")["id"];
        (string, string)[] headers = [("Data-Access-Intent", "ReadOnly"), ("If-Match", "*")];

        foreach (var (method, path) in new[]
        {
            ("POST", "customers"), ("PATCH", $"customers({id})"), ("DELETE", $"customers({id})"),
            ("PATCH", $"customers({id})/picture/pictureContent"),
        })
        {
            (await bc.SendAsync(method, path, new JsonObject(), headers)).ShouldBeRefused(
                400, "BadRequest_InvalidOperation");
        }

        (await bc.SendRawAsync("POST", "subscriptions", "{}", headers)).ShouldBeRefused(
            400, "BadRequest_InvalidOperation");
    }
}
