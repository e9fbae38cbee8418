using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

/// <summary>The parts of customers, vendors, and contacts: financial detail and the way from the link to the contact.</summary>
public sealed class PartTests
{
    [Fact]
    public async Task Financial_detail_shows_the_amounts_of_the_customer()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var customer = bc.Customer("C1");
        var id = Guid.Parse((string)customer["id"]!);
        _ = bc.Emulator.Table("customers").Overwrite(id, new JsonObject { ["balanceDue"] = 12.5 });
        _ = bc.Emulator.Table("customerFinancialDetails").Overwrite(
            id, new JsonObject { ["balance"] = 40, ["totalSalesExcludingTax"] = 100 });

        var detail = (await bc.GetAsync($"customers({id})/customerFinancialDetail")).Json;

        detail.Select(property => property.Key).Should().Equal(
            "@odata.context", "@odata.etag", "id", "number", "balance", "totalSalesExcludingTax", "overdueAmount",
            "lastModifiedDateTime");
        ((string)detail["number"]!).Should().Be("C1");
        ((decimal)detail["balance"]!).Should().Be(40);
        ((decimal)detail["totalSalesExcludingTax"]!).Should().Be(100);
        ((decimal)detail["overdueAmount"]!).Should().Be(12.5m);
        ((string)detail["lastModifiedDateTime"]!).Should().Be((string)customer["lastModifiedDateTime"]!);
        ((string)detail["@odata.context"]!).Should().EndWith($"/customers({id})/customerFinancialDetail/$entity");
    }

    [Fact]
    public async Task Financial_details_are_also_a_set_that_nobody_writes()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = bc.Customer("C1")["id"];
        _ = bc.Customer("C2");

        (await bc.GetAsync("customerFinancialDetails?$filter=number eq 'C2'")).Column("number").Should().Equal("C2");
        (await bc.GetAsync($"customerFinancialDetails({id})/customer")).Json["number"]!.ToString().Should().Be("C1");
        (await bc.SendAsync("PATCH", $"customers({id})/customerFinancialDetail", new JsonObject(), ("If-Match", "*")))
            .ShouldBeRefused(405, "BadRequest_MethodNotAllowed");
        (await bc.SendAsync("POST", "customerFinancialDetails", new JsonObject())).ShouldBeRefused(
            405, "BadRequest_MethodNotAllowed");
    }

    [Fact]
    public async Task Link_leads_to_the_contact_and_back_to_the_customer()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var customer = bc.Customer("C1");
        var link = (await bc.GetAsync($"customers({customer["id"]})/contactsInformation")).Rows.Single();
        var path = $"customers({customer["id"]})/contactsInformation({link["contactId"]})";

        (await bc.GetAsync($"{path}/contact")).Json["id"]!.ToString().Should().Be(link["contactId"]!.ToString());
        (await bc.GetAsync($"{path}/customer")).Json["number"]!.ToString().Should().Be("C1");
        (await bc.GetAsync($"{path}/vendor")).ShouldBeRefused(404, "BadRequest_ResourceNotFound");
        (await bc.GetAsync($"customers({customer["id"]})/contactsInformation?$expand=contact($select=displayName)"))
            .Rows.Single()["contact"]!["displayName"]!.ToString().Should().Be("Adatum");
        (await bc.GetAsync($"contacts({link["contactId"]})/contactInformation")).Message.Should()
            .Be("id type not specified.");
    }

    [Fact]
    public async Task Record_behind_a_reference_is_read_but_not_written()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var currency = bc.Insert("currencies", new JsonObject { ["code"] = "EUR" });
        var customer = bc.Insert(
            "customers", new JsonObject { ["displayName"] = "A", ["currencyId"] = (string)currency["id"]! });
        var path = $"customers({customer["id"]})/currency";

        (await bc.GetAsync(path)).Json["code"]!.ToString().Should().Be("EUR");
        (await bc.GetAsync($"{path}({currency["id"]})")).Json["code"]!.ToString().Should().Be("EUR");
        (await bc.GetAsync($"{path}({Guid.NewGuid()})")).ShouldBeRefused(404, "BadRequest_ResourceNotFound");
        (await bc.SendAsync("PATCH", path, new JsonObject { ["symbol"] = "€" }, ("If-Match", "*"))).ShouldBeRefused(
            405, "BadRequest_MethodNotAllowed");
        (await bc.SendAsync("DELETE", path, null, ("If-Match", "*"))).ShouldBeRefused(
            405, "BadRequest_MethodNotAllowed");
    }

    [Theory]
    [InlineData("pictures", "You must get to the parent first to get to the picture.")]
    [InlineData("contactsInformation", "id type not specified.")]
    public async Task Part_that_needs_a_parent_says_so(string set, string message)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        foreach (var path in new[] { set, $"{set}/$count", $"{set}({Guid.NewGuid()})" })
        {
            var answer = await bc.GetAsync(path);
            answer.ShouldBeRefused(400, "Application_DialogException");
            answer.Message.Should().Be(message);
        }
    }
}
