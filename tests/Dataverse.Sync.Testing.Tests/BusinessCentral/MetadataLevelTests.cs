using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

/// <summary>The control information of each level of <c>odata.metadata</c>.</summary>
public sealed class MetadataLevelTests
{
    private static readonly (string, string) Full = ("Accept", "application/json;odata.metadata=full");

    private static readonly (string, string) None = ("Accept", "application/json; odata.metadata=none");

    [Fact]
    public async Task Full_adds_types_and_links_to_a_record()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = bc.Customer("C1")["id"];
        var url = $"{bc.Emulator.BaseAddress}{BusinessCentralFixture.CompanyPath}/customers({id})";

        var json = (await bc.GetAsync($"customers({id})", Full)).Json;

        json.Select(property => property.Key).Should().StartWith(
            ["@odata.context", "@odata.type", "@odata.id", "@odata.etag", "@odata.editLink", "id@odata.type", "id"]);
        json["@odata.type"]!.ToString().Should().Be("#Microsoft.NAV.customer");
        json["@odata.id"]!.ToString().Should().Be(url);
        json["@odata.editLink"]!.ToString().Should().Be(url);
        Types(json).Should().Equal(
            "id=#Guid", "type=#Microsoft.NAV.contactType", "balanceDue=#Decimal", "creditLimit=#Decimal",
            "taxAreaId=#Guid", "currencyId=#Guid", "paymentTermsId=#Guid", "shipmentMethodId=#Guid",
            "paymentMethodId=#Guid", "blocked=#Microsoft.NAV.customerBlocked", "lastModifiedDateTime=#DateTimeOffset");
        json["contactsInformation@odata.navigationLink"]!.ToString().Should().Be($"{url}/contactsInformation");
        json["contactsInformation@odata.associationLink"]!.ToString().Should().Be($"{url}/contactsInformation/$ref");
        json.ContainsKey("contactsInformation").Should().BeFalse();
        (await bc.SendRawAsync("GET", json["@odata.id"]!.ToString(), null)).Status.Should().Be(200);
        (await bc.SendRawAsync("GET", json["picture@odata.navigationLink"]!.ToString(), null)).Status.Should().Be(200);
    }

    [Fact]
    public async Task Full_names_the_types_of_dates_and_whole_numbers()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new() { Tables = [CustomTables.Notes] });
        _ = bc.Insert("notes", new JsonObject { ["name"] = "A" });
        var set = $"{bc.Emulator.RouteAddress(CustomTables.Route)}{BusinessCentralFixture.CompanyPath}/notes";

        var row = (await bc.SendRawAsync("GET", set, null, Full)).Rows.Single();

        Types(row).Should().Equal(
            "id=#Guid", "amount=#Decimal", "large=#Int64", "due=#Date", "seen=#DateTimeOffset", "owner=#Guid",
            "kind=#Microsoft.NAV.noteKind", "total=#Decimal", "systemCreatedAt=#DateTimeOffset",
            "lastModifiedDateTime=#DateTimeOffset", "systemRowVersion=#Int64");
    }

    [Fact]
    public async Task Full_shows_links_of_selected_and_expanded_records_only()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = bc.Customer("C1")["id"];

        var row = (await bc.GetAsync(
            "customers?$select=number&$expand=contactsInformation($select=contactName)", Full)).Rows.Single();

        row.Select(property => property.Key).Should().Equal(
            "@odata.type", "@odata.id", "@odata.etag", "@odata.editLink", "number",
            "contactsInformation@odata.associationLink", "contactsInformation@odata.navigationLink",
            "contactsInformation");
        var link = row["contactsInformation"]!.AsArray().Single()!.AsObject();
        link["@odata.type"]!.ToString().Should().Be("#Microsoft.NAV.contactInformation");
        (await bc.SendRawAsync("GET", link["@odata.id"]!.ToString(), null)).Status.Should().Be(200);
        link["@odata.id"]!.ToString().Should().Contain($"/customers({id})/contactsInformation(");
    }

    [Fact]
    public async Task Full_company_leads_to_every_set()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var json = (await bc.SendRawAsync("GET", BusinessCentralFixture.CompanyPath, null, Full)).Json;

        json["@odata.type"]!.ToString().Should().Be("#Microsoft.NAV.company");
        json["timestamp@odata.type"]!.ToString().Should().Be("#Int64");
        json.ContainsKey("@odata.etag").Should().BeFalse();
        (await bc.SendRawAsync("GET", json["vendors@odata.navigationLink"]!.ToString(), null)).Status.Should().Be(200);
    }

    [Theory]
    [InlineData("application/json;odata.metadata=none", "none")]
    [InlineData("application/json; odata.metadata=full", "full")]
    [InlineData("application/json; ODATA.METADATA=FULL; charset=utf-8", "full")]
    [InlineData("application/json;odata.metadata=minimal", "minimal")]
    [InlineData("application/json;odata.metadata=lots", "minimal")]
    [InlineData("application/json;odata.metadata=1", "minimal")]
    [InlineData("*/*", "minimal")]
    public async Task Content_type_names_the_level(string accept, string level)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.GetAsync("customers", ("Accept", accept))).ContentHeaders.ContentType!.ToString().Should()
            .Be($"application/json; odata.metadata={level}; odata.streaming=true");
    }

    [Fact]
    public async Task None_leaves_only_the_count_and_the_link_to_the_next_page()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = bc.Customer("C1");
        _ = bc.Customer("C2");

        var answer = await bc.GetAsync(
            "customers?$count=true&$expand=picture,contactsInformation($count=true)", None,
            ("Prefer", "odata.maxpagesize=1"));

        answer.Json.Select(property => property.Key).Should().Equal("@odata.count", "value", "@odata.nextLink");
        var row = answer.Rows.Single();
        row.Select(property => property.Key).Where(name => name.Contains("@odata.")).Should()
            .Equal("contactsInformation@odata.count");
        row["picture"]!.AsObject().Should().NotContain(property => property.Key.Contains("@odata."));
        row["contactsInformation"]![0]!.AsObject().Should().NotContain(property => property.Key.Contains("@odata."));
    }

    [Theory]
    [InlineData("")]
    [InlineData("companies")]
    [InlineData("entityDefinitions")]
    [InlineData("subscriptions")]
    public async Task None_holds_for_what_belongs_to_no_company(string path)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.SendRawAsync("GET", path, null, None)).Json.Select(property => property.Key).Should().Equal("value");
        (await bc.SendRawAsync("GET", path, null)).Json.Select(property => property.Key).Should()
            .Equal("@odata.context", "value");
    }

    [Fact]
    public async Task Each_part_of_a_batch_has_its_own_level()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = bc.Customer("C1");
        JsonObject Part(string id, string accept) => new()
        {
            ["id"] = id,
            ["method"] = "GET",
            ["url"] = $"{BusinessCentralFixture.CompanyPath}/customers",
            ["headers"] = new JsonObject { ["Accept"] = accept },
        };

        var answer = await bc.SendRawAsync(
            "POST", "$batch",
            new JsonObject { ["requests"] = new JsonArray(Part("1", Full.Item2), Part("2", None.Item2)) }.ToJsonString());

        var parts = answer.Json["responses"]!.AsArray();
        parts[0]!["headers"]!["content-type"]!.ToString().Should().Contain("odata.metadata=full");
        parts[0]!["body"]!["value"]![0]!["@odata.id"]!.ToString().Should().StartWith(bc.Emulator.BaseAddress.ToString());
        parts[1]!["headers"]!["content-type"]!.ToString().Should().Contain("odata.metadata=none");
        parts[1]!["body"]!.AsObject().Select(property => property.Key).Should().Equal("value");
    }

    [Fact]
    public async Task Created_and_changed_records_have_the_level_that_is_asked_for()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var created = await bc.SendAsync("POST", "customers", new JsonObject { ["displayName"] = "A" }, Full);
        var changed = await bc.SendAsync(
            "PATCH", $"customers({created.Id})", new JsonObject { ["city"] = "Oslo" }, None, ("If-Match", "*"));

        created.Json["@odata.id"]!.ToString().Should().Be(created.Headers.Location!.ToString());
        changed.Json.Select(property => property.Key).Should().StartWith("id");
    }

    private static IEnumerable<string> Types(JsonObject row) => row
        .Where(property => property.Key.EndsWith("@odata.type", StringComparison.Ordinal) && property.Key[0] != '@')
        .Select(property => $"{property.Key.Split('@')[0]}={property.Value}");
}
