using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class ReadTests
{
    private static readonly string[] CustomerProperties =
    [
        "id", "number", "displayName", "type", "addressLine1", "addressLine2", "city", "state", "country", "postalCode",
        "phoneNumber", "email", "website",
        "salespersonCode", "balanceDue", "creditLimit", "taxLiable", "taxAreaId", "taxAreaDisplayName",
        "taxRegistrationNumber", "currencyId", "currencyCode",
        "paymentTermsId", "shipmentMethodId", "paymentMethodId", "blocked", "lastModifiedDateTime",
    ];

    [Fact]
    public async Task Record_is_printed_with_context_tag_blanks_and_properties_in_page_order()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = (string)bc.Customer("C1")["id"]!;

        var answer = await bc.GetAsync($"customers({id})");

        answer.Text.Should().Be(
            "{\"@odata.context\":\"" + bc.Emulator.BaseAddress + "$metadata#companies(" + BusinessCentralFixture.Company
                + ")/customers/$entity\","
            + "\"@odata.etag\":" + answer.Json["@odata.etag"]!.ToJsonString(
                new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
            + ",\"id\":\"" + id
            + "\",\"number\":\"C1\",\"displayName\":\"Adatum\",\"type\":\"Company\",\"addressLine1\":\"\",\"addressLine2\":\"\",\"city\":\"\","
            + "\"state\":\"\",\"country\":\"\",\"postalCode\":\"\",\"phoneNumber\":\"\",\"email\":\"\",\"website\":\"\",\"salespersonCode\":\"\",\"balanceDue\":0,"
            + "\"creditLimit\":0,\"taxLiable\":false,\"taxAreaId\":\"00000000-0000-0000-0000-000000000000\",\"taxAreaDisplayName\":\"\",\"taxRegistrationNumber\":\"\","
            + "\"currencyId\":\"00000000-0000-0000-0000-000000000000\",\"currencyCode\":\"GBP\",\"paymentTermsId\":\"00000000-0000-0000-0000-000000000000\","
            + "\"shipmentMethodId\":\"00000000-0000-0000-0000-000000000000\",\"paymentMethodId\":\"00000000-0000-0000-0000-000000000000\","
            + "\"blocked\":\"_x0020_\",\"lastModifiedDateTime\":\"2026-08-17T10:00:00Z\"}");
    }

    [Fact]
    public async Task Tag_is_a_weak_tag_around_the_services_quoted_number()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var tag = (await bc.GetAsync($"customers({bc.Customer("C1")["id"]})")).Tag;

        tag.Should().StartWith("W/\"").And.EndWith("\"");
        var match = Regex.Match(
            Encoding.ASCII.GetString(Convert.FromBase64String(tag[3..^1])), "^'([0-9]+);([0-9]+);00;'$");
        match.Success.Should().BeTrue();
        int.Parse(match.Groups[1].Value, null).Should().Be(match.Groups[2].Length - 1);
    }

    [Fact]
    public async Task Get_carries_the_odata_headers_and_a_request_id()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await bc.GetAsync("customers");

        answer.ContentHeaders.ContentType!.ToString().Should()
            .Be("application/json; odata.metadata=minimal; odata.streaming=true");
        answer.Headers.GetValues("OData-Version").Should().Equal("4.0");
        Guid.TryParse(answer.Headers.GetValues("request-id").Single(), out _).Should().BeTrue();
        answer.Headers.CacheControl!.ToString().Should().Contain("no-cache").And.Contain("no-store");
        answer.Headers.ETag.Should().BeNull();
    }

    [Fact]
    public async Task Error_text_ends_with_the_request_id_as_correlation_id()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await bc.GetAsync($"customers({Guid.NewGuid()})");

        ((string)answer.Json["error"]!["message"]!).Should().Be(
            $"Resource not found for the segment 'customers'.  CorrelationId:  {answer.Headers.GetValues("request-id").Single()}.");
        answer.ContentHeaders.ContentType!.ToString().Should().Be("application/json");
        answer.Headers.Contains("OData-Version").Should().BeFalse();
    }

    [Fact]
    public async Task Select_keeps_page_order_tag_and_only_the_named_properties()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = bc.Customer("C1");

        var answer = await bc.GetAsync("customers?$select=displayName,number");

        answer.Rows.Single().Select(property => property.Key).Should().Equal("@odata.etag", "number", "displayName");
        ((string)answer.Json["@odata.context"]!).Should().EndWith(")/customers");
    }

    [Fact]
    public async Task Metadata_none_leaves_context_and_tags_out()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = bc.Customer("C1");

        var answer = await bc.GetAsync("customers", ("Accept", "application/json;odata.metadata=none"));

        answer.Json.Select(property => property.Key).Should().Equal("value");
        answer.Rows.Single().Select(property => property.Key).Should().Equal(CustomerProperties);
    }

    [Fact]
    public async Task Rows_come_in_the_order_of_number_whatever_the_letter_case()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new() { Tables = [CustomTables.Notes] });
        foreach (var name in new[] { "b2", "B10", "a", "C" })
        {
            _ = bc.Insert("notes", new JsonObject { ["name"] = name });
        }

        var answer = await bc.SendRawAsync(
            "GET", $"{bc.Emulator.RouteAddress(CustomTables.Route)}{BusinessCentralFixture.CompanyPath}/notes", null);

        answer.Column("name").Should().Equal("a", "B10", "b2", "C");
    }

    [Fact]
    public async Task Order_by_several_properties_breaks_ties_by_key()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        foreach (var (number, name) in new[] { ("C1", "x"), ("C2", "Y"), ("C3", "X"), ("C4", "y") })
        {
            _ = bc.Customer(number, name);
        }

        (await bc.GetAsync("customers?$orderby=displayName desc")).Column("number").Should()
            .Equal("C2", "C4", "C1", "C3");
        (await bc.GetAsync("customers?$orderby=displayName,number desc")).Column("number").Should()
            .Equal("C3", "C1", "C4", "C2");
    }

    [Fact]
    public async Task Order_by_id_is_the_databases_guid_order_not_text_order()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(
            new() { ClientIds = BusinessCentralClientIds.Keep });
        foreach (var id in new[] { "ff000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002" })
        {
            _ = bc.Insert("shipmentMethods", new JsonObject { ["id"] = id, ["code"] = id[..8] });
        }

        (await bc.GetAsync("shipmentMethods?$orderby=id")).Column("code").Should().Equal("FF000000", "00000000");
    }

    [Fact]
    public async Task Count_ignores_paging_and_count_segment_is_plain_text()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        foreach (var number in new[] { "C1", "C2", "C3" })
        {
            _ = bc.Customer(number);
        }

        var counted = await bc.GetAsync("customers?$count=true&$top=1&$filter=number ne 'C1'");
        var segment = await bc.GetAsync("customers/$count?$filter=number ne 'C1'");

        ((int)counted.Json["@odata.count"]!).Should().Be(2);
        counted.Column("number").Should().Equal("C2");
        segment.Text.Should().Be("2");
        segment.ContentHeaders.ContentType!.MediaType.Should().Be("text/plain");
    }

    [Fact]
    public async Task Options_that_are_not_known_are_passed_over()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = bc.Customer("C1");

        var answer = await bc.GetAsync(
            "customers?$search=zzz&$apply=groupby((city))&$compute=1&$fliter=number eq 'x'&nonsense=1");

        answer.Column("number").Should().Equal("C1");
    }

    [Theory]
    [InlineData("$select=nonsense")]
    [InlineData("$orderby=nonsense")]
    [InlineData("$filter=nonsense eq 1")]
    [InlineData("$filter=displayname eq 'x'")]
    public async Task Unknown_property_in_an_option_is_named(string option)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await bc.GetAsync($"customers?{option}");

        answer.ShouldBeRefused(400, "BadRequest");
        answer.Message.Should().StartWith("Could not find a property named '");
    }

    [Fact]
    public async Task Expand_prints_single_and_collection_navigation_properties()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var currency = bc.Insert("currencies", new JsonObject { ["code"] = "EUR", ["displayName"] = "Euro" });
        var customer = bc.Insert(
            "customers", new JsonObject { ["number"] = "C1", ["displayName"] = "Adatum", ["currencyCode"] = "EUR" });

        var answer = await bc.GetAsync(
            $"customers({customer["id"]})?$select=number&$expand=currency($select=code),paymentTerm,contactsInformation($expand=contact($select=displayName))");

        var json = answer.Json;
        json.Select(property => property.Key).Should().Equal(
            "@odata.context", "@odata.etag", "number", "currency", "paymentTerm", "contactsInformation");
        ((string)json["currency"]!["code"]!).Should().Be((string)currency["code"]!);
        json["paymentTerm"].Should().BeNull();
        var contact = json["contactsInformation"]!.AsArray().Single()!;
        ((string)contact["contactName"]!).Should().Be("Adatum");
        ((string)contact["contact"]!["displayName"]!).Should().Be("Adatum");
    }

    [Fact]
    public async Task Child_collection_is_read_under_its_parent()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var customer = bc.Customer("C1");

        var list = await bc.GetAsync($"customers({customer["id"]})/contactsInformation");
        var one = await bc.GetAsync(
            $"customers({customer["id"]})/contactsInformation({list.Rows.Single()["contactId"]})");

        list.Rows.Single().Select(property => property.Key).Should().Equal(
            "@odata.etag", "contactId", "contactNumber", "contactName", "contactType", "relatedId", "relatedType");
        one.Status.Should().Be(200);
        (await bc.GetAsync($"customers({Guid.NewGuid()})/contactsInformation")).ShouldBeRefused(
            404, "BadRequest_ResourceNotFound");
        (await bc.SendAsync(
            "POST", $"customers({customer["id"]})/contactsInformation",
            new JsonObject())).ShouldBeRefused(405, "BadRequest_MethodNotAllowed");
    }

    [Fact]
    public async Task Error_texts_stay_english_whatever_language_is_asked_for()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.GetAsync($"customers({Guid.NewGuid()})", ("Accept-Language", "da-DK"))).Message.Should()
            .Be("Resource not found for the segment 'customers'.");
    }
}
