using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Dataverse.Sync.Hosting.Tests;

/// <summary>Several engines in one host, such as one for each company.</summary>
public sealed class NamedEngineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, QueueFixture> fixtures = new()
    {
        ["cronus"] = new(),
        ["fabrikam"] = new(),
    };

    [Fact]
    public async Task One_hosted_service_runs_the_job_queues_of_all_engines()
    {
        var pauses = fixtures.Values.Select(fixture => new Pause(fixture.Local, "customers")).ToList();
        await using var provider = Build((_, sync) => sync.AddJobQueue());
        var service = provider.GetServices<IHostedService>().Should().ContainSingle().Subject;

        await service.StartAsync(default);
        await Task.WhenAll(pauses.Select(pause => pause.Reached)).WaitAsync(Patience);
        await service.StopAsync(default).WaitAsync(Patience);

        foreach (var name in fixtures.Keys)
        {
            var entries = await provider.GetRequiredKeyedService<JobQueue>(name).ListAsync();
            entries.Should().HaveCount(3).And.OnlyContain(entry => entry.State == JobQueueEntryState.Ready);
        }

        provider.GetService<JobQueue>().Should().BeNull();
    }

    [Fact]
    public async Task The_problems_of_all_engines_come_in_one_message_and_nothing_is_run()
    {
        await using var provider = Build((name, sync) => sync.AddJobQueue(
            options => options.Entries.Add(new() { Mapping = $"ITEM OF {name}" })));

        var start = () => provider.GetServices<IHostedService>().Single().StartAsync(default);

        (await start.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().Equal(
            "Engine 'cronus': A job queue entry names mapping 'ITEM OF cronus', which does not exist.",
            "Engine 'fabrikam': A job queue entry names mapping 'ITEM OF fabrikam', which does not exist.");
        (await fixtures["cronus"].JobsAsync(QueueFixture.Customers)).Should().BeEmpty();
    }

    [Fact]
    public async Task Each_engine_has_settings_of_its_own()
    {
        await using var provider = Build((name, sync) => sync.AddJobQueue(
            options => options.Default.IsEnabled = name == "cronus"));

        (await provider.GetRequiredKeyedService<JobQueue>("cronus").ListAsync())
            .Should().OnlyContain(entry => entry.IsEnabled);
        (await provider.GetRequiredKeyedService<JobQueue>("fabrikam").ListAsync())
            .Should().OnlyContain(entry => !entry.IsEnabled);
    }

    [Fact]
    public async Task Each_engine_has_a_health_check_of_its_own()
    {
        await using var provider = Build(
            (_, sync) => sync.AddJobQueue(),
            services => services.AddLogging().AddSingleton<TimeProvider>(fixtures["cronus"].Time).AddHealthChecks()
                .AddDataverseSync(engineName: "cronus")
                .AddDataverseSync(engineName: "fabrikam"));
        fixtures["fabrikam"].Break("customers");
        var queue = provider.GetRequiredKeyedService<JobQueue>("fabrikam");
        _ = await queue.ListAsync();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await queue.RunDueAsync();
            fixtures["cronus"].Time.Advance(TimeSpan.FromSeconds(30));
        }

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        report.Entries.Select(entry => (entry.Key, entry.Value.Status)).Should().BeEquivalentTo(
        [
            ("dataverse-sync-cronus", HealthStatus.Healthy),
            ("dataverse-sync-fabrikam", HealthStatus.Unhealthy),
        ]);
    }

    private ServiceProvider Build(
        Action<string, SyncBuilder> configure, Action<IServiceCollection>? configureServices = null)
    {
        var services = new ServiceCollection();
        foreach (var (name, fixture) in fixtures)
        {
            _ = services.AddKeyedSingleton(name, (_, _) => fixture.NewEngine());
            _ = services.AddDataverseSync(name, sync => configure(name, sync));
        }

        configureServices?.Invoke(services);
        return services.BuildServiceProvider();
    }
}
