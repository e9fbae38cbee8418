using System.Text;
using static Dataverse.Sync.AspNetCore.Tests.Senders;
using static Dataverse.Sync.AspNetCore.Tests.SyncProcess;

namespace Dataverse.Sync.AspNetCore.Tests.Endpoints;

/// <summary>Notifications of Business Central wake the mappings of their tables, if they are genuine.</summary>
public sealed class NotificationTests
{
    [Theory]
    [InlineData("created")]
    [InlineData("updated")]
    [InlineData("deleted")]
    public async Task Change_of_a_record_wakes_the_mapping_of_its_table(string changeType)
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        (await process.NotifyAsync(Body(Entry(process, "customers", changeType: changeType)))).Should().Be(200);

        await process.ShouldWakeAsync(Customers);
        (await process.Queue.ListAsync()).Single(entry => entry.Name == Customers).Stored.EarliestStartOn
            .Should().Be(landscape.Time.GetUtcNow() + TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("vendors")]
    [InlineData("vendors?$filter=lastModifiedDateTime gt 2026-08-17T09:59:59.95Z")]
    public async Task Change_of_a_collection_wakes_the_mapping_of_its_table(string resource)
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);
        var entry = Entry(process, resource, changeType: "collection")
            .Replace("(6d81597f-0f9f-4711-8122-000d3aa2331c)", "", StringComparison.Ordinal);

        (await process.NotifyAsync(Body(entry))).Should().Be(200);

        await process.ShouldWakeAsync(Vendors);
    }

    [Fact]
    public async Task Table_is_found_by_the_id_of_the_subscription()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);
        var subscription = (await landscape.SubscriptionsAsync()).Single(
            row => ((string)row["resource"]!).EndsWith("/vendors", StringComparison.Ordinal));

        (await process.NotifyAsync(
            $$"""{"value":[{"clientState":"{{State}}","subscriptionId":"{{subscription["subscriptionId"]}}"}]}""")).Should().Be(200);

        await process.ShouldWakeAsync(Vendors);
    }

    [Fact]
    public async Task What_is_about_nothing_that_is_mapped_is_taken_without_effect()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);
        var other = Entry(process, "customers").Replace(process.Company.ToString(), Guid.NewGuid().ToString(), StringComparison.Ordinal);

        string[] entries = [Entry(process, "items"), Entry(process, "customersOfOthers"), other, Entry(process, "../customers")];
        foreach (var entry in entries)
        {
            (await process.NotifyAsync(Body(entry))).Should().Be(200);
        }

        (await process.NotifyAsync(Body(Entry(process, "vendors")))).Should().Be(200);
        await process.ShouldWakeAsync(Vendors);
    }

    [Fact]
    public async Task Only_the_genuine_entries_of_a_body_count()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        (await process.NotifyAsync(Body(
            Entry(process, "customers", state: "another-state-0123456789"),
            Entry(process, "vendors"),
            Entry(process, "contacts", state: "")))).Should().Be(200);

        await process.ShouldWakeAsync(Vendors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"value":{}}""")]
    [InlineData("""{"value":[]}""")]
    [InlineData("""{"value":[{"subscriptionId":"a","resource":"b"}]}""")]
    [InlineData("""{"value":[{"clientState":null}]}""")]
    [InlineData("""{"value":[{"clientState":["the-client-state-0123456789"]}]}""")]
    [InlineData("""{"value":[{"clientState":"THE-CLIENT-STATE-0123456789"}]}""")]
    [InlineData("""{"value":[{"clientState":"\ud800"}]}""")]
    [InlineData("""{"clientState":"the-client-state-0123456789"}""")]
    public async Task Body_without_the_secret_is_refused(string body)
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        (await process.NotifyAsync(body)).Should().Be(401);

        (await process.WokenAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Body_may_begin_with_a_byte_order_mark_and_break_off_after_a_genuine_entry()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        byte[] marked = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Body(Entry(process, "customers")))];
        var broken = $$"""{"x":{"value":[1]},"value":[{{Entry(process, "vendors")}},{"clientState":nonsense""";

        (await process.NotifyAsync(marked)).Should().Be(200);
        await process.ShouldWakeAsync(Customers);
        (await process.NotifyAsync(broken)).Should().Be(200);
        await process.ShouldWakeAsync(Customers, Vendors);
    }

    [Fact]
    public async Task Body_that_is_too_long_wakes_all_mappings_in_use()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);
        process.Engine.Mappings.Change(Vendors, mapping => mapping.Enabled(false));
        var entry = Entry(process, "items");

        (await process.NotifyAsync(Body(Enumerable.Repeat(entry, (3 * 1024 * 1024) / entry.Length)))).Should().Be(200);

        await process.ShouldWakeAsync(Customers, Contacts);
    }

    [Fact]
    public async Task Long_body_of_a_stranger_is_refused()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);
        var entry = Entry(process, "customers", state: "another-state-0123456789");

        (await process.NotifyAsync(Body(Enumerable.Repeat(entry, (3 * 1024 * 1024) / entry.Length).Append(Entry(process, "customers")))))
            .Should().Be(401);

        (await process.WokenAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Deeply_nested_body_is_refused()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        (await process.NotifyAsync($$"""{"a":{{new string('[', 100_000)}}""")).Should().Be(401);
    }

    [Fact]
    public async Task Without_an_address_and_a_secret_there_is_no_endpoint()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape, options => options.Dataverse.Key = Key);

        (await process.NotifyAsync(Body(Entry(process, "customers")))).Should().Be(404);
        (await process.NotifyAsync("", "?validationToken=a")).Should().Be(404);
        (await landscape.SubscriptionsAsync()).Should().BeEmpty();
    }
}
