using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static Dataverse.Sync.Hosting.Tests.QueueFixture;

namespace Dataverse.Sync.Hosting.Tests;

/// <summary>The hosted service: it refuses invalid settings, starts due entries, and ends their runs when the host stops.</summary>
public sealed class AddJobQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly QueueFixture fixture = new();

    [Fact]
    public async Task Host_does_not_start_with_invalid_settings()
    {
        await using var provider = Build(options => options.Entries.Add(new() { Mapping = "ITEM" }));

        var start = () => Service(provider).StartAsync(default);

        (await start.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().ContainSingle()
            .Which.Should().Be("A job queue entry names mapping 'ITEM', which does not exist.");
    }

    [Fact]
    public async Task Host_runs_due_entries_and_ends_them_when_it_stops()
    {
        var pause = new Pause(fixture.Local, "customers");
        await using var provider = Build(configure: null);
        var service = Service(provider);

        await service.StartAsync(default);
        await pause.Reached.WaitAsync(Patience);
        await service.StopAsync(default).WaitAsync(Patience);

        var queue = provider.GetRequiredService<JobQueue>();
        (await queue.ListAsync()).Should().OnlyContain(entry => entry.State == JobQueueEntryState.Ready);
        (await queue.ListAsync()).Single(entry => entry.Name == Customers).Stored.LastFinishedOn.Should().BeNull();
    }

    [Fact]
    public async Task Host_that_never_started_can_be_stopped()
    {
        await using var provider = Build(configure: null);

        await Service(provider).StopAsync(default);
    }

    [Fact]
    public async Task Several_calls_configure_one_job_queue()
    {
        var services = new ServiceCollection();
        _ = services.AddDataverseSync(sync => sync
            .UseInMemoryStore()
            .UseLocal(_ => fixture.Local)
            .UseIntegration(_ => fixture.Integration)
            .AddJobQueue(options => options.WakeDelay = TimeSpan.FromSeconds(5))
            .AddJobQueue(options => options.JobRetention = null));
        await using var provider = services.BuildServiceProvider();

        provider.GetServices<IHostedService>().Should().ContainSingle();
        var settings = provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<JobQueueOptions>>().Value;
        (settings.WakeDelay, settings.JobRetention).Should().Be((TimeSpan.FromSeconds(5), null));
    }

    private static IHostedService Service(ServiceProvider provider) => provider.GetServices<IHostedService>().Single();

    // The engine and the store have a clock of their own; the scheduler follows the clock of the machine.
    private ServiceProvider Build(Action<JobQueueOptions>? configure)
    {
        var services = new ServiceCollection();
        _ = services.AddSingleton(_ => fixture.NewEngine());
        _ = services.AddDataverseSync(sync => sync.AddJobQueue(configure));
        return services.BuildServiceProvider();
    }
}
