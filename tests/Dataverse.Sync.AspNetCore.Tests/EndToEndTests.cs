using System.Text.Json.Nodes;
using Dataverse.Sync.Testing;
using static Dataverse.Sync.AspNetCore.Tests.SyncProcess;

namespace Dataverse.Sync.AspNetCore.Tests;

/// <summary>An edit in one of the clouds wakes the entries of its table, over the public address.</summary>
public sealed class EndToEndTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Edit_in_Business_Central_wakes_the_entry_of_its_table()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        landscape.Central.Table("vendors").Insert(new JsonObject { ["displayName"] = "Adatum" });
        landscape.Time.Advance(Window);

        await process.ShouldWakeAsync(Vendors);
        await landscape.Balancer.ShouldAnswerAsync(200);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Edit_in_Dataverse_wakes_the_entries_of_its_table(int authentication)
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape, options =>
        {
            options.Dataverse.Key = Key;
            options.Dataverse.OrganizationId = landscape.Dataverse.OrganizationId;
        });
        var key = authentication switch
        {
            4 => DataverseWebhookKey.Code(Key),
            5 => DataverseWebhookKey.Header("x-webhook-key", Key),
            _ => DataverseWebhookKey.Query("code", Key),
        };
        _ = landscape.Dataverse.RegisterWebhook(new Uri(landscape.Balancer.Address, "hooks/dataverse"), "account", key);

        _ = landscape.Dataverse.Table("account").Insert(("name", "Adatum"));

        await process.ShouldWakeAsync(Customers, Vendors);
        await landscape.Balancer.ShouldAnswerAsync(200);
    }

    [Fact]
    public async Task Bulk_load_of_Business_Central_wakes_the_entry_by_its_collection()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);
        for (var i = 0; i < 1_001; i++)
        {
            landscape.Central.Table("customers").Insert(new JsonObject { ["displayName"] = $"Customer {i}" });
        }

        landscape.Time.Advance(Window);

        await process.ShouldWakeAsync(Customers);
        (await landscape.SubscribedSetsAsync()).Should().Equal("customers", "vendors");
    }

    [Fact]
    public async Task Large_body_of_Dataverse_wakes_the_entry()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);
        landscape.Dataverse.Table("contact").AddColumn(DataverseColumn.Memo("new_text", 1_000_000));
        _ = landscape.Dataverse.RegisterWebhook(
            new Uri(landscape.Balancer.Address, "hooks/dataverse"), "contact", DataverseWebhookKey.Code(Key));

        _ = landscape.Dataverse.Table("contact").Insert(("lastname", "Glynn"), ("new_text", new string('x', 300_000)));

        await process.ShouldWakeAsync(Contacts);
    }
}
