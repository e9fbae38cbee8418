using Dataverse.Sync.Testing;
using static Dataverse.Sync.AspNetCore.Tests.SyncProcess;

namespace Dataverse.Sync.AspNetCore.Tests.Subscriptions;

/// <summary>Subscriptions are registered, renewed, found again, and ended, and no failure stops the host.</summary>
public sealed class SubscriptionTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Host_subscribes_to_every_table_that_a_mapping_reads()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        (await landscape.SubscribedSetsAsync()).Should().Equal("customers", "vendors");
        (await landscape.SubscriptionsAsync()).Should().OnlyContain(row =>
            (string)row["notificationUrl"]! == landscape.NotificationUrl.ToString() && (string)row["clientState"]! == State);
    }

    [Fact]
    public async Task Subscriptions_are_renewed_daily_and_never_expire()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);
        var ids = await IdsAsync(landscape);

        for (var day = 0; day < 10; day++)
        {
            await landscape.PassAsync(TimeSpan.FromDays(1), process);
            (await IdsAsync(landscape)).Should().Equal(ids);
        }

        landscape.Central.Requests.Entries.Count(request => request.Method == "POST").Should().Be(2);
        landscape.Central.Requests.Entries.Count(request => request.Method == "PATCH").Should().BeInRange(18, 22);
    }

    [Fact]
    public async Task Subscription_that_the_service_dropped_is_registered_again_within_the_hour()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);
        await landscape.DropAsync((await IdsAsync(landscape))[0]);

        await landscape.PassAsync(Hour, process);

        (await landscape.SubscribedSetsAsync()).Should().Equal("customers", "vendors");
        process.Log.Entries.Should().Contain(entry => entry.Event == "SubscriptionDropped");
    }

    [Fact]
    public async Task Service_that_is_unavailable_at_start_stops_nothing_and_is_tried_again_after_growing_pauses()
    {
        await using var landscape = await Landscape.StartAsync();
        landscape.Central.Faults.Add(EmulatorFault.ServiceUnavailable().Always()
            .On(target => target.PathAndQuery.Contains("subscriptions", StringComparison.Ordinal)));
        await using var process = await SyncProcess.StartAsync(landscape);
        (await process.PostAsync("""{"PrimaryEntityName":"contact"}""", $"?code={Key}")).Should().Be(200);
        await process.ShouldWakeAsync(Contacts);
        for (var minutes = 0; minutes < 60; minutes++)
        {
            await landscape.PassAsync(TimeSpan.FromMinutes(1), process);
        }

        // After 0, 0.5, 1.5, 3.5, 7.5, 15.5, and 31.5 minutes, each at the next full one.
        process.Log.Entries.Count(entry => entry.Event == "SubscriptionsNotRead").Should().Be(7);
        landscape.Central.Faults.Clear();
        await landscape.PassAsync(Hour, process);

        (await landscape.SubscribedSetsAsync()).Should().Equal("customers", "vendors");
    }

    [Fact]
    public async Task Restarted_process_renews_what_it_finds()
    {
        await using var landscape = await Landscape.StartAsync();
        var first = await SyncProcess.StartAsync(landscape, WithGeneratedState(landscape));
        var (ids, states) = (await IdsAsync(landscape), await StatesAsync(landscape));
        await first.StopAsync();
        await first.DisposeAsync();

        await using var second = await SyncProcess.StartAsync(landscape, WithGeneratedState(landscape));

        (await IdsAsync(landscape)).Should().Equal(ids);
        (await StatesAsync(landscape)).Should().HaveCount(1).And.NotIntersectWith(states).And.OnlyContain(state => state.Length == 64);
        states.Should().HaveCount(1);
    }

    [Fact]
    public async Task Mappings_that_are_switched_off_and_on_are_followed()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);
        var step = TimeSpan.FromSeconds(15);

        process.Engine.Mappings.Change(Vendors, mapping => mapping.Enabled(false));
        process.Engine.Mappings.Change(Contacts, mapping => mapping.Direction(SyncDirection.Bidirectional));
        await landscape.PassAsync(step, process);
        (await landscape.SubscribedSetsAsync()).Should().Equal("contacts", "customers");

        process.Engine.Mappings.ResetAll();
        await landscape.PassAsync(step, process);
        (await landscape.SubscribedSetsAsync()).Should().Equal("customers", "vendors");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Subscriptions_remain_when_the_host_stops_unless_they_shall_end(bool deleteOnStop)
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape, options =>
        {
            Everything(landscape)(options);
            options.BusinessCentral.DeleteOnStop = deleteOnStop;
        });

        await process.StopAsync();

        (await landscape.SubscribedSetsAsync()).Should().HaveCount(deleteOnStop ? 0 : 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Processes_behind_one_address_share_their_subscriptions(bool acceptsDoubles)
    {
        await using var landscape = await Landscape.StartAsync(acceptsDoubles);
        await using var first = await SyncProcess.StartAsync(landscape);
        await using var second = await SyncProcess.StartAsync(landscape);
        var ids = await IdsAsync(landscape);
        ids.Should().HaveCount(2);

        await landscape.PassAsync(TimeSpan.FromDays(4), first, second);

        (await IdsAsync(landscape)).Should().Equal(ids);
        first.Log.Entries.Concat(second.Log.Entries).Select(entry => entry.Event).Should()
            .NotContain(["SubscriptionFailed", "SubscriptionDropped"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Processes_that_start_at_the_same_time_end_up_with_one_subscription_a_table(bool acceptsDoubles)
    {
        await using var landscape = await Landscape.StartAsync(acceptsDoubles);
        await using var first = SyncProcess.Build(landscape);
        await using var second = SyncProcess.Build(landscape);

        await Task.WhenAll(first.StartAsync(), second.StartAsync());
        await landscape.PassAsync(Hour, first, second);
        await landscape.PassAsync(Hour, first, second);

        (await landscape.SubscribedSetsAsync()).Should().Equal("customers", "vendors");
    }

    [Fact]
    public async Task Of_doubled_subscriptions_one_remains_and_those_of_others_are_left_alone()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);
        var foreign = new Uri(landscape.Balancer.Address, "hooks/business-central?engine=other");
        var central = process.Connector.Subscriptions;
        _ = await central.CreateAsync("customers", landscape.NotificationUrl, State);
        _ = await central.CreateAsync("customers", landscape.NotificationUrl, State);
        var other = await central.CreateAsync("customers", foreign, "another-state-0123456789");

        await landscape.PassAsync(Hour, process);

        (await landscape.SubscribedSetsAsync()).Should().Equal("customers", "customers", "vendors");
        (await landscape.SubscriptionsAsync()).Should().ContainSingle(row => (string)row["subscriptionId"]! == other.Id);
    }

    [Fact]
    public async Task Table_that_cannot_be_subscribed_to_does_not_keep_the_others_from_it()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape, build: sync => sync
            .AddMapping("INFORMATION", mapping => mapping.Between("companyInformation", "organization").Field("displayName", "name"))
            .AddMapping("PEOPLE", mapping => mapping.Between("contactsInformation", "contact").Field("contactName", "lastname"))
            .AddMapping("NOTHING", mapping => mapping.Between("nothing", "contact").Field("contactName", "lastname")));

        (await landscape.SubscribedSetsAsync()).Should().Contain(["customers", "vendors"]).And.NotContain("contactsInformation");
        process.Log.Entries.Where(entry => entry.Event == "SubscriptionFailed").Should().ContainSingle()
            .Which.Text.Should().StartWith("Table nothing: ");
    }

    [Fact]
    public async Task Subscription_that_others_renewed_is_read_again()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);
        var central = process.Connector.Subscriptions;
        var stale = (await central.ListAsync(["customers"])).Single();
        landscape.Time.Advance(TimeSpan.FromSeconds(1));
        var renewed = await central.RenewAsync(stale, State);

        renewed!.ExpiresOn.Should().Be(stale.ExpiresOn + TimeSpan.FromSeconds(1));
        (await central.RenewAsync(stale, State)).Should().BeNull();
        await central.DeleteAsync(stale);
        (await IdsAsync(landscape)).Should().Contain(stale.Id);
        await central.DeleteAsync(renewed);
        (await central.RenewAsync(renewed, State)).Should().BeNull();
    }

    [Fact]
    public async Task Expiry_that_has_passed_already_does_not_hammer_the_service()
    {
        await using var landscape = await Landscape.StartAsync();
        landscape.Central.Faults.Add(EmulatorFault.ChangedBody(
            body => body.Replace("2026-03-05T08:00:00Z", "0001-01-01T00:00:00Z", StringComparison.Ordinal)).Always());
        await using var process = await SyncProcess.StartAsync(landscape);

        for (var step = 0; step < 12; step++)
        {
            await landscape.PassAsync(TimeSpan.FromMinutes(4), process);
        }

        landscape.Central.Requests.Entries.Count(request => request.PathAndQuery.Contains("subscriptions", StringComparison.Ordinal))
            .Should().Be(3, "one list and two registrations");
        landscape.Central.Faults.Clear();
        await landscape.PassAsync(Hour, process);
        (await landscape.SubscribedSetsAsync()).Should().Equal("customers", "vendors");
    }

    private static Action<WebhookOptions> WithGeneratedState(Landscape landscape) =>
        options => options.BusinessCentral.NotificationUrl = landscape.NotificationUrl;

    private static async Task<IReadOnlyList<string>> IdsAsync(Landscape landscape) =>
        [.. (await landscape.SubscriptionsAsync()).Select(row => (string)row["subscriptionId"]!).Order(StringComparer.Ordinal)];

    private static async Task<IReadOnlyList<string>> StatesAsync(Landscape landscape) =>
        [.. (await landscape.SubscriptionsAsync()).Select(row => (string)row["clientState"]!).Distinct()];
}
