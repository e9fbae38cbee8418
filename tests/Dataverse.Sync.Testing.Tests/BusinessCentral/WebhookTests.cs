using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class WebhookTests
{
    private static readonly (string, string) Any = ("If-Match", "*");
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Create_shakes_hands_and_lives_three_days()
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await SubscribeAsync(bc, receiver);

        answer.Status.Should().Be(201, answer.Text);
        receiver.Handshakes.Should().Be(1);
        ((string)answer.Json["subscriptionId"]!).Should().MatchRegex("^[0-9a-f]{32}$");
        ((string)answer.Json["clientState"]!, (string)answer.Json["expirationDateTime"]!).Should()
            .Be(("secret", "2026-08-20T10:00:00Z"));
        bc.Time.Advance(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        (await bc.SendRawAsync("GET", "subscriptions", null)).Rows.Should().HaveCount(1);
        bc.Time.Advance(TimeSpan.FromSeconds(1));
        (await bc.SendRawAsync("GET", "subscriptions", null)).Rows.Should().BeEmpty();
    }

    [Fact]
    public async Task Failed_handshake_fails_create_and_renew()
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = (string)(await SubscribeAsync(bc, receiver)).Json["subscriptionId"]!;
        receiver.ShakesHands = false;

        (await SubscribeAsync(bc, receiver)).ShouldBeRefused(400, "Application_DialogException");
        (await bc.SendRawAsync("PATCH", $"subscriptions('{id}')", "{}", Any)).ShouldBeRefused(
            400, "Application_DialogException");
        (await bc.SendRawAsync("GET", "subscriptions", null)).Rows.Should().HaveCount(1);
    }

    [Fact]
    public async Task Renewal_needs_a_tag_shakes_hands_again_and_resets_the_expiry()
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        await using var bc = await BusinessCentralFixture.StartAsync();
        var created = await SubscribeAsync(bc, receiver);
        var url = $"subscriptions('{created.Json["subscriptionId"]}')";
        bc.Time.Advance(TimeSpan.FromDays(1));

        (await bc.SendRawAsync("PATCH", url, "{}")).ShouldBeRefused(400, "BadRequest_InvalidToken");
        var renewed = await bc.SendRawAsync("PATCH", url, "{}", ("If-Match", created.Tag));

        (renewed.Status, receiver.Handshakes).Should().Be((200, 2));
        ((string)renewed.Json["expirationDateTime"]!).Should().Be("2026-08-21T10:00:00Z");
        (await bc.SendRawAsync("DELETE", url, null, ("If-Match", created.Tag))).ShouldBeRefused(
            409, "Request_EntityChanged");
        (await bc.SendRawAsync("DELETE", url, null, ("If-Match", renewed.Tag))).Status.Should().Be(204);
        (await bc.SendRawAsync("GET", url, null)).ShouldBeRefused(404, "BadRequest_ResourceNotFound");
    }

    [Theory]
    [InlineData("http://example.com/hook", "customers")]
    [InlineData("nonsense", "customers")]
    [InlineData(null, "companies")]
    [InlineData(null, "contactsInformation")]
    [InlineData(null, "currencyExchangeRates")]
    [InlineData(null, "nonsense")]
    public async Task Subscription_that_cannot_be_is_refused(string? url, string set)
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await SubscribeAsync(bc, receiver, set, url)).ShouldBeRefused(400, "Application_DialogException");
        receiver.Handshakes.Should().Be(0);
    }

    [Fact]
    public async Task Changes_of_a_window_come_together_and_repeated_updates_are_one()
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = (string)(await SubscribeAsync(bc, receiver)).Json["subscriptionId"]!;
        var customer = Guid.Parse((string)bc.Customer("C1")["id"]!);
        for (var i = 0; i < 3; i++)
        {
            _ = bc.Emulator.Table("customers").Update(customer, new JsonObject { ["creditLimit"] = i });
        }

        bc.Emulator.Table("customers").Delete(customer);
        _ = bc.Insert("currencies", new JsonObject { ["code"] = "EUR" });

        bc.Time.Advance(Window);

        var entries = await receiver.NextAsync();
        entries.Select(entry => (string)entry["changeType"]!).Should().Equal("created", "updated", "deleted");
        entries.Should().OnlyContain(
            entry => (string)entry["subscriptionId"]! == id && (string)entry["clientState"]! == "secret");
        entries.Should().OnlyContain(
            entry =>
                (string)entry["resource"]! == $"{bc.Emulator.BaseAddress}{BusinessCentralFixture.CompanyPath}/customers({customer})");
    }

    [Fact]
    public async Task Nothing_is_sent_before_the_window_ends_and_a_new_window_follows()
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = await SubscribeAsync(bc, receiver);
        _ = bc.Customer("C1");
        bc.Time.Advance(Window - TimeSpan.FromSeconds(1));
        _ = bc.Customer("C2");
        bc.Time.Advance(TimeSpan.FromSeconds(1));
        (await receiver.NextAsync()).Should().HaveCount(2);

        _ = bc.Customer("C3");
        bc.Time.Advance(Window);

        (await receiver.NextAsync()).Should().HaveCount(1);
    }

    [Theory]
    [InlineData(false, "?$filter=lastModifiedDateTime gt 2026-08-17T09:59:59.95Z")]
    [InlineData(true, "")]
    public async Task Many_changes_become_one_collection_entry_without_filter_after_deletions(
        bool deletes, string suffix)
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        await using var bc = await BusinessCentralFixture.StartAsync(new() { NotificationCollectionThreshold = 2 });
        _ = await SubscribeAsync(bc, receiver);
        var ids = Enumerable.Range(0, 3).Select(i => Guid.Parse((string)bc.Customer($"C{i}")["id"]!)).ToArray();
        if (deletes)
        {
            bc.Emulator.Table("customers").Delete(ids[0]);
        }

        bc.Time.Advance(Window);

        var entry = (await receiver.NextAsync()).Should().ContainSingle().Subject;
        ((string)entry["changeType"]!, (string)entry["resource"]!).Should()
            .Be(("collection", $"{bc.Emulator.BaseAddress}{BusinessCentralFixture.CompanyPath}/customers{suffix}"));
    }

    [Fact]
    public async Task Busy_receiver_is_tried_again_and_keeps_its_subscription()
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        await using var bc = await BusinessCentralFixture.StartAsync(
            new() { SubscriptionLifetime = TimeSpan.FromDays(3650) });
        _ = await SubscribeAsync(bc, receiver);
        receiver.Statuses.Enqueue(503);
        _ = bc.Customer("C1");
        bc.Time.Advance(Window);
        var first = await receiver.NextAsync();

        var second = receiver.NextAsync();
        await bc.AdvanceUntilAsync(second, TimeSpan.FromSeconds(1));

        (await second)[0].ToJsonString().Should().Be(first[0].ToJsonString());
        (await bc.SendRawAsync("GET", "subscriptions", null)).Rows.Should().HaveCount(1);
    }

    [Fact]
    public async Task Receiver_that_stays_busy_is_given_up_after_the_fifth_attempt()
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        await using var bc = await BusinessCentralFixture.StartAsync(
            new() { SubscriptionLifetime = TimeSpan.FromDays(3650) });
        _ = await SubscribeAsync(bc, receiver);
        for (var i = 0; i < 6; i++)
        {
            receiver.Statuses.Enqueue(429);
        }

        _ = bc.Customer("C1");

        for (var attempt = 1; attempt <= 5; attempt++)
        {
            (await bc.SendRawAsync("GET", "subscriptions", null)).Rows.Should().HaveCount(1);
            var delivery = receiver.NextAsync();
            await bc.AdvanceUntilAsync(delivery, TimeSpan.FromSeconds(30));
        }

        while ((await bc.SendRawAsync("GET", "subscriptions", null)).Rows.Length > 0)
        {
            await Task.Yield();
        }

        receiver.Statuses.Should().HaveCount(1);
    }

    [Fact]
    public async Task Receiver_that_refuses_loses_its_subscription()
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        await using var bc = await BusinessCentralFixture.StartAsync();
        _ = await SubscribeAsync(bc, receiver);
        receiver.Statuses.Enqueue(404);
        _ = bc.Customer("C1");

        bc.Time.Advance(Window);
        _ = await receiver.NextAsync();

        while ((await bc.SendRawAsync("GET", "subscriptions", null)).Rows.Length > 0)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Custom_page_is_subscribed_on_its_own_route()
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        await using var bc = await BusinessCentralFixture.StartAsync(new() { Tables = [CustomTables.Notes] });
        var route = bc.Emulator.RouteAddress(CustomTables.Route);

        (await SubscribeAsync(bc, receiver, "notes")).ShouldBeRefused(400, "Application_DialogException");
        (await SubscribeAsync(bc, receiver, "notes", root: route.ToString())).Status.Should().Be(201);
        _ = bc.Insert("notes", new JsonObject { ["name"] = "a" });
        bc.Time.Advance(Window);

        ((string)(await receiver.NextAsync())[0]["resource"]!).Should()
            .StartWith($"{route}{BusinessCentralFixture.CompanyPath}/notes(");
    }

    [Fact]
    public async Task Two_hundred_subscriptions_are_the_limit()
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        await using var bc = await BusinessCentralFixture.StartAsync();
        for (var i = 0; i < 200; i++)
        {
            (await SubscribeAsync(bc, receiver)).Status.Should().Be(201);
        }

        (await SubscribeAsync(bc, receiver)).ShouldBeRefused(400, "Application_DialogException");
    }

    [Theory]
    [InlineData(true, 201)]
    [InlineData(false, 400)]
    public async Task Doubled_subscription_is_accepted_or_refused(bool accepts, int status)
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        await using var bc = await BusinessCentralFixture.StartAsync(new() { AcceptsDoubledSubscriptions = accepts });
        (await SubscribeAsync(bc, receiver)).Status.Should().Be(201);
        (await SubscribeAsync(bc, receiver, "vendors")).Status.Should().Be(201);

        (await SubscribeAsync(bc, receiver)).Status.Should().Be(status);
    }

    private static Task<Answer> SubscribeAsync(
        BusinessCentralFixture bc, NotificationReceiver receiver, string set = "customers", string? url = null,
        string root = "") =>
        bc.SendRawAsync("POST", $"{root}subscriptions", new JsonObject
        {
            ["notificationUrl"] = url ?? receiver.Url.ToString(),
            ["resource"] = $"/api/v2.0/{BusinessCentralFixture.CompanyPath}/{set}",
            ["clientState"] = "secret",
        }.ToJsonString());
}
