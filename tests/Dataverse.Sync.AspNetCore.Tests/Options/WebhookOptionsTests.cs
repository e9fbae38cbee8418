using Dataverse.Sync.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dataverse.Sync.AspNetCore.Tests.Options;

/// <summary>Settings that cannot be right keep the host from starting.</summary>
public sealed class WebhookOptionsTests
{
    [Fact]
    public async Task Host_does_not_start_with_invalid_settings()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = SyncProcess.Build(landscape, options =>
        {
            options.BusinessCentral.NotificationUrl = new("http://sync.contoso.com/hooks/business-central");
            options.BusinessCentral.ClientState = "short";
            options.BusinessCentral.RenewBefore = TimeSpan.Zero;
            options.BusinessCentral.CheckInterval = TimeSpan.FromDays(1_000);
            options.Dataverse.Key = "with spaces and more than 22 characters";
            options.Dataverse.HeaderName = "a b";
            options.Dataverse.QueryParameter = "";
            options.RefusedRequestsPerMinute = 0;
        });

        var start = () => process.StartAsync();

        (await start.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().HaveCount(8)
            .And.OnlyContain(problem => problem.StartsWith("WebhookOptions: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Webhooks_need_a_job_queue_and_the_connector()
    {
        var services = new ServiceCollection();
        _ = services.AddDataverseSync(sync => sync
            .UseInMemoryStore()
            .UseLocal(_ => new InMemoryConnector(new InMemoryOptions()))
            .UseIntegration(_ => new InMemoryConnector(new InMemoryOptions()))
            .AddWebhooks(options => options.BusinessCentral.NotificationUrl = new("https://sync.contoso.com/hooks/business-central")));
        await using var provider = services.BuildServiceProvider();

        var start = () => provider.GetServices<IHostedService>().Single().StartAsync(default);

        (await start.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().Equal(
            "Webhooks wake the entries of a job queue. Call AddJobQueue.",
            "Notifications of Business Central need its connector. Call UseBusinessCentral.");
    }

    [Fact]
    public void Endpoints_cannot_be_mapped_without_webhooks()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        _ = builder.WebHost.UseKestrelCore();
        _ = builder.Services.AddRouting();
        var app = builder.Build();

        var map = () => app.MapDataverseSyncWebhooks();

        map.Should().Throw<InvalidOperationException>().WithMessage("*AddWebhooks*");
    }
}
