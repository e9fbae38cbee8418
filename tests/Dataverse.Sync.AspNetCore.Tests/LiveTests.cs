using System.Net;
using System.Text.Json.Nodes;
using Dataverse.Sync.Hosting;
using Dataverse.Sync.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync.AspNetCore.Tests;

/// <summary>The whole application, job queue included, over the clock of the machine.</summary>
public sealed class LiveTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Edit_in_each_cloud_arrives_in_the_other_long_before_the_interval_ends()
    {
        await using var central = await BusinessCentralEmulator.StartAsync(
            new() { NotificationWindow = TimeSpan.FromMilliseconds(100) });
        _ = central.AddCompany("CRONUS");
        await using var dataverse = await DataverseEmulator.StartAsync();
        await using var balancer = await LoadBalancer.StartAsync();
        await using var app = Build(central, dataverse, new(balancer.Address, "hooks/business-central"));
        balancer.Hold();
        await app.StartAsync();
        balancer.Add(new(app.Urls.Single()));
        _ = dataverse.RegisterWebhook(
            new(balancer.Address, "hooks/dataverse"), "account", DataverseWebhookKey.Header("x-webhook-key", SyncProcess.Key));
        var queue = app.Services.GetRequiredService<JobQueue>();
        await UntilAsync(async () => (await queue.ListAsync()).All(entry => entry.Stored.LastSucceededOn is not null));
        await UntilAsync(() => Task.FromResult(central.Requests.Entries.Any(request => request is { Method: "POST", Status: 201 })));

        central.Table("customers").Insert(new JsonObject { ["displayName"] = "Adatum" });
        await UntilAsync(() => Task.FromResult(dataverse.Table("account").Rows.Any(row => Equals(row["name"], "Adatum"))));
        _ = dataverse.Table("account").Insert(("name", "Contoso"));
        await UntilAsync(() => Task.FromResult(central.Table("customers").Rows.Any(row => (string?)row["displayName"] == "Contoso")));

        await app.StopAsync();
    }

    private static WebApplication Build(BusinessCentralEmulator central, DataverseEmulator dataverse, Uri notificationUrl)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        _ = builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _ = builder.Services.AddRouting().AddDataverseSync(sync => sync
            .UseInMemoryStore()
            .UseBusinessCentral(options =>
            {
                options.BaseAddress = central.BaseAddress;
                options.Company = "CRONUS";
                options.AccessToken = _ => new("token");
            })
            .UseDataverseWebApi(options =>
            {
                options.EnvironmentUrl = dataverse.BaseAddress;
                options.AccessToken = _ => new("token");
            })
            .AddMapping("CUSTOMER", mapping => mapping.Between("customers", "account")
                .Field("displayName", "name", field => field.UseForMatching()).OnlyCoupledRecords(false))
            .AddJobQueue(options => options.Default.Interval = TimeSpan.FromDays(1))
            .AddWebhooks(options =>
            {
                options.BusinessCentral.NotificationUrl = notificationUrl;
                options.Dataverse.Key = SyncProcess.Key;
            }));
        var app = builder.Build();
        _ = app.MapDataverseSyncWebhooks();
        return app;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
