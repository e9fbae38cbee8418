using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class DeleteTests
{
    private static readonly (string, string) Any = ("If-Match", "*");

    [Fact]
    public async Task Delete_answers_204_and_the_record_is_gone()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var url = $"customers({bc.Customer("C1")["id"]})";

        var answer = await bc.SendAsync("DELETE", url, null, ("If-Match", (await bc.GetAsync(url)).Tag));

        (answer.Status, answer.Text).Should().Be((204, ""));
        answer.Headers.Contains("OData-Version").Should().BeFalse();
        (await bc.GetAsync(url)).Status.Should().Be(404);
        (await bc.SendAsync("DELETE", url, null, Any)).ShouldBeRefused(404, "BadRequest_ResourceNotFound");
    }

    [Fact]
    public async Task Delete_needs_a_current_tag_unless_switched_to_be_lenient()
    {
        await using var strict = await BusinessCentralFixture.StartAsync();
        await using var lenient = await BusinessCentralFixture.StartAsync(new() { DeleteRequiresIfMatch = false });
        var strictUrl = $"customers({strict.Customer("C1")["id"]})";
        var lenientUrl = $"customers({lenient.Customer("C1")["id"]})";
        var stale = (await lenient.GetAsync(lenientUrl)).Tag;
        _ = await lenient.SendAsync("PATCH", lenientUrl, new JsonObject { ["city"] = "Oslo" }, Any);

        (await strict.SendAsync("DELETE", strictUrl)).ShouldBeRefused(400, "BadRequest_InvalidToken");
        (await lenient.SendAsync("DELETE", lenientUrl, null, ("If-Match", stale))).ShouldBeRefused(
            409, "Request_EntityChanged");
        (await lenient.SendAsync("DELETE", lenientUrl)).Status.Should().Be(204);
    }

    [Theory]
    [InlineData("customers", "balanceDue")]
    [InlineData("vendors", "balance")]
    public async Task Customer_or_vendor_with_open_entries_cannot_be_deleted(string set, string balance)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = Guid.Parse((string)bc.Insert(set, new JsonObject { ["displayName"] = "A" })["id"]!);
        _ = bc.Emulator.Table(set).Overwrite(id, new JsonObject { [balance] = -0.01m });

        (await bc.SendAsync("DELETE", $"{set}({id})", null, Any)).ShouldBeRefused(400, "Application_DialogException");
        bc.Emulator.Table(set).Count.Should().Be(1);
    }

    [Fact]
    public async Task Row_in_use_cannot_be_deleted_until_released()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = Guid.Parse((string)bc.Insert("salespeoplePurchasers", new JsonObject { ["code"] = "JO" })["id"]!);
        bc.Emulator.Table("salespeoplePurchasers").SetInUse(id);

        (await bc.SendAsync("DELETE", $"salespeoplePurchasers({id})", null, Any)).ShouldBeRefused(
            400, "Application_DialogException");
        bc.Emulator.Table("salespeoplePurchasers").SetInUse(id, false);
        (await bc.SendAsync("DELETE", $"salespeoplePurchasers({id})", null, Any)).Status.Should().Be(204);
    }

    [Fact]
    public async Task Deleted_customer_leaves_its_contact_without_the_relation()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = Guid.Parse((string)bc.Customer("C1")["id"]!);

        bc.Emulator.Table("customers").Delete(id);

        ((string)bc.Emulator.Table("contacts").Rows.Single()["contactBusinessRelation"]!).Should().Be("None");
    }

    [Fact]
    public async Task Deleted_company_contact_leaves_its_persons_without_company()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var company = bc.Insert("contacts", new JsonObject { ["displayName"] = "Adatum" });
        var person = bc.Insert(
            "contacts",
            new JsonObject
            {
                ["type"] = "Person",
                ["displayName"] = "Ann",
                ["companyNumber"] = (string)company["number"]!,
            });

        bc.Emulator.Table("contacts").Delete(Guid.Parse((string)company["id"]!));

        var left = bc.Emulator.Table("contacts").Get(Guid.Parse((string)person["id"]!))!;
        ((string)left["companyNumber"]!, (string)left["companyName"]!).Should().Be(("", ""));
    }
}
