using Dataverse.Sync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using static Dataverse.Sync.Hosting.Tests.QueueFixture;

namespace Dataverse.Sync.Hosting.Tests;

/// <summary>What the health check says of a job queue that works, is late, fails, or has lost its store.</summary>
public sealed class HealthCheckTests : IAsyncDisposable
{
    private readonly QueueFixture fixture = new();
    private readonly ServiceProvider provider;
    private readonly JobQueue queue;

    public HealthCheckTests()
    {
        provider = Build(fixture);
        queue = provider.GetRequiredService<JobQueue>();
    }

    public ValueTask DisposeAsync() => provider.DisposeAsync();

    [Fact]
    public async Task Job_queue_that_runs_as_scheduled_is_healthy()
    {
        await fixture.PassAsync(TimeSpan.FromHours(2), queue);
        _ = await queue.HoldAsync(Contacts);

        var result = await CheckAsync();

        result.Status.Should().Be(HealthStatus.Healthy);
        result.Description.Should().Be("All mappings are synchronized as scheduled.");
        result.Data["CUSTOMER last success"].Should().Be(Start + new TimeSpan(1, 30, 30));
        result.Data["CONTACT state"].Should().Be(JobQueueEntryState.OnHold);
        result.Data["failed records"].Should().Be(0L);
    }

    [Theory]
    [InlineData(44, HealthStatus.Healthy)]
    [InlineData(45, HealthStatus.Degraded)]
    [InlineData(149, HealthStatus.Degraded)]
    [InlineData(150, HealthStatus.Unhealthy)]
    public async Task Mapping_is_late_by_its_schedule(int minutesAfterTheLastRun, HealthStatus status)
    {
        await queue.RunDueAsync();
        fixture.Time.Advance(TimeSpan.FromMinutes(minutesAfterTheLastRun));

        var result = await CheckAsync();

        result.Status.Should().Be(status);
        result.Description!.Contains("Entry 'CUSTOMER' should have succeeded by 2026-03-02 08:30:00Z.").Should().Be(minutesAfterTheLastRun >= 45);
    }

    [Fact]
    public async Task Mapping_that_fails_is_late_although_it_is_always_due_soon()
    {
        await queue.RunDueAsync();
        fixture.Break("customers");
        fixture.Time.Advance(TimeSpan.FromMinutes(50));
        await queue.RunDueAsync();

        (await CheckAsync()).Status.Should().Be(HealthStatus.Degraded);
        await fixture.PassAsync(TimeSpan.FromMinutes(6), queue);
        var inError = await CheckAsync();
        inError.Status.Should().Be(HealthStatus.Unhealthy);
        inError.Description.Should().Be("Entry 'CUSTOMER' is in error. It failed with InvalidOperationException.");
    }

    [Theory]
    [InlineData(1, HealthStatus.Degraded)]
    [InlineData(2, HealthStatus.Unhealthy)]
    public async Task Failed_records_count(int records, HealthStatus status)
    {
        for (var number = 1; number <= records; number++)
        {
            _ = fixture.Insert("customers", $"C{number}");
        }

        fixture.Integration.Faults.OnWrite = (_, _) => InMemoryWriteFault.Rejected;
        await queue.RunDueAsync();

        var result = await CheckAsync();

        result.Status.Should().Be(status);
        result.Description.Should().Be($"{records} records have failed, and 0 wait for others.");
    }

    [Theory]
    [InlineData(59, HealthStatus.Healthy)]
    [InlineData(60, HealthStatus.Degraded)]
    public async Task Service_that_asks_not_to_be_called_is_named(int seconds, HealthStatus status)
    {
        await queue.RunDueAsync();
        fixture.Integration.Faults.PausedFor = TimeSpan.FromSeconds(seconds);

        var result = await CheckAsync();

        result.Status.Should().Be(status);
        result.Description!.Contains("Dataverse (in memory) asks not to be called for 00:01:00.").Should().Be(seconds == 60);
    }

    [Theory]
    [InlineData(2, HealthStatus.Healthy)]
    [InlineData(3, HealthStatus.Degraded)]
    public async Task Entry_that_fails_again_and_again_is_named_before_it_is_in_error(int attempts, HealthStatus status)
    {
        fixture.Break("customers");
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            await queue.RunDueAsync();
            fixture.Time.Advance(TimeSpan.FromSeconds(30));
        }

        var result = await CheckAsync();

        result.Status.Should().Be(status);
        result.Description!.Contains("Entry 'CUSTOMER' failed 3 times in a row.").Should().Be(attempts == 3);
    }

    [Fact]
    public async Task Run_that_takes_hours_makes_others_late_but_not_unhealthy()
    {
        await queue.RunDueAsync();
        fixture.Time.Advance(TimeSpan.FromHours(5));
        var entry = await fixture.StateAsync(Customers);
        _ = await fixture.States.TrySaveEntryAsync(
            fixture.Scope, EntryTransitions.Start(entry, "another", fixture.Time.GetUtcNow(), TimeSpan.FromMinutes(1)), default);

        var result = await CheckAsync();

        result.Status.Should().Be(HealthStatus.Degraded);
        result.Description.Should().Contain("'CONTACT'").And.NotContain("'CUSTOMER'");
    }

    [Fact]
    public async Task Store_that_cannot_be_reached_is_unhealthy_until_it_can()
    {
        var store = new SharedStore(Start);
        await using var services = Build(new(store));
        await services.GetRequiredService<JobQueue>().RunDueAsync();
        store.IsUnreachable = true;

        var result = await CheckAsync(services);

        result.Status.Should().Be(HealthStatus.Unhealthy);
        result.Description.Should().Be("The coupling store cannot be used. The server cannot be reached.");
        store.IsUnreachable = false;
        (await CheckAsync(services)).Status.Should().Be(HealthStatus.Healthy);
    }

    private Task<HealthCheckResult> CheckAsync() => CheckAsync(provider);

    private static async Task<HealthCheckResult> CheckAsync(ServiceProvider provider)
    {
        var registration = provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Single();
        return await registration.Factory(provider).CheckHealthAsync(new() { Registration = registration });
    }

    private static ServiceProvider Build(QueueFixture fixture)
    {
        var services = new ServiceCollection();
        _ = services.AddSingleton<TimeProvider>(fixture.Time).AddSingleton(_ => fixture.NewEngine());
        _ = services.AddDataverseSync(sync => sync.AddJobQueue());
        _ = services.AddHealthChecks().AddDataverseSync(options =>
        {
            options.DegradedFailures = 1;
            options.UnhealthyFailures = 2;
        });
        return services.BuildServiceProvider();
    }
}
