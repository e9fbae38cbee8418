using Dataverse.Sync.Hosting;
using Microsoft.Extensions.DependencyInjection;
using static Dataverse.Sync.AspNetCore.Tests.Senders;
using static Dataverse.Sync.AspNetCore.Tests.SyncProcess;

namespace Dataverse.Sync.AspNetCore.Tests;

/// <summary>One pair of endpoints serves all engines of a process.</summary>
public sealed class EngineTests
{
    private const string Other = "fabrikam";
    private const string OtherState = "another-state-0123456789";
    private const string OtherKey = "another-key-0123456789abcdef";

    [Fact]
    public async Task Engine_is_woken_by_what_bears_its_secret()
    {
        await using var landscape = await Landscape.StartAsync();
        _ = landscape.Central.AddCompany("FABRIKAM");
        await using var process = await SyncProcess.StartAsync(landscape, build: sync => AddOther(sync, landscape));
        var (url, otherUrl) = (landscape.NotificationUrl.ToString(), OtherUrl(landscape).ToString());

        (await landscape.SubscriptionsAsync()).Select(row => (string)row["notificationUrl"]!)
            .Should().BeEquivalentTo(url, url, otherUrl, otherUrl);
        (await process.NotifyAsync(Body(
            Entry(process, "customers"), Entry(process, "vendors", OtherState).Replace(
                $"{process.CompanyId("CRONUS")}", $"{process.CompanyId("FABRIKAM")}", StringComparison.Ordinal)))).Should().Be(200);

        await process.ShouldWakeAsync(Customers);
        await process.ShouldWakeAsync(Other, [Vendors]);
        (await process.PostAsync("""{"PrimaryEntityName":"contact"}""", $"?code={OtherKey}")).Should().Be(200);
        await process.ShouldWakeAsync(Other, [Vendors, Contacts]);
        await process.ShouldWakeAsync(Customers);
    }

    [Fact]
    public async Task Post_wakes_the_engines_of_its_organization_only()
    {
        await using var landscape = await Landscape.StartAsync();
        _ = landscape.Central.AddCompany("FABRIKAM");
        await using var process = await SyncProcess.StartAsync(
            landscape,
            options => options.Dataverse.Key = Key,
            sync => AddOther(sync, landscape, options =>
            {
                options.Dataverse.Key = Key;
                options.Dataverse.OrganizationId = landscape.Dataverse.OrganizationId;
            }));

        (await process.PostAsync("""{"PrimaryEntityName":"contact"}""", $"?code={Key}")).Should().Be(200);
        await process.ShouldWakeAsync(Contacts);
        await process.ShouldWakeAsync(Other, []);
        var body = $$"""{"PrimaryEntityName":"contact","OrganizationId":"{{landscape.Dataverse.OrganizationId}}"}""";
        (await process.PostAsync(body, $"?code={Key}")).Should().Be(200);
        await process.ShouldWakeAsync(Other, [Contacts]);
    }

    [Fact]
    public async Task Engines_of_one_address_are_refused_and_the_problems_of_all_are_told_together()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = SyncProcess.Build(landscape, build: sync => AddOther(sync, landscape, options =>
        {
            options.BusinessCentral.NotificationUrl = landscape.NotificationUrl;
            options.RefusedRequestsPerMinute = 0;
        }));

        var start = () => process.StartAsync();

        (await start.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().Equal(
            "Engine 'fabrikam': WebhookOptions: RefusedRequestsPerMinute must be at least 1.",
            "2 engines have the same BusinessCentral.NotificationUrl. Give each one of its own, such as by a query.");
    }

    private static Uri OtherUrl(Landscape landscape) => new($"{landscape.NotificationUrl}?engine={Other}");

    private static void AddOther(SyncBuilder sync, Landscape landscape, Action<WebhookOptions>? configure = null) =>
        sync.Services.AddDataverseSync(Other, other => SyncProcess.Add(other, landscape, "FABRIKAM", configure ?? (options =>
        {
            options.BusinessCentral.NotificationUrl = OtherUrl(landscape);
            options.BusinessCentral.ClientState = OtherState;
            options.Dataverse.Key = OtherKey;
        })));
}
