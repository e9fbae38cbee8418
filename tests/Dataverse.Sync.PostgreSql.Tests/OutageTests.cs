using Dataverse.Sync.Hosting;
using Dataverse.Sync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.PostgreSql.Tests;

/// <summary>A job queue whose database goes away and comes back.</summary>
[NeedsServer]
public sealed class OutageTests : IAsyncLifetime
{
    private const string Mapping = "CUSTOMER";
    private const int Records = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TestSchema schema = new();
    private readonly Gate gate = new();
    private readonly FakeTimeProvider time = new(Start);
    private readonly InMemoryConnector local;
    private readonly InMemoryConnector integration;

    public OutageTests()
    {
        local = new(new InMemoryOptions { Flavor = InMemoryFlavor.BusinessCentral, Identity = "cronus", TimeProvider = time });
        integration = new(new InMemoryOptions { Flavor = InMemoryFlavor.Dataverse, Identity = "organization", TimeProvider = time });
        _ = local.AddTable("customers", table => table.BusinessKey("number").Text("displayName").ModifiedOn("lastModifiedDateTime"));
        _ = integration.AddTable("account", table => table.Key("accountid").Text("number", 20).Text("name").ModifiedOn("modifiedon"));
        for (var number = 0; number < Records; number++)
        {
            _ = local["customers"].Insert(("number", $"C{number}"), ("displayName", $"Customer {number}"));
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await gate.DisposeAsync();
        await schema.DisposeAsync();
    }

    // Before the first record is read, before the first write is sent, or when it has been carried out.
    [Theory]
    [InlineData(InMemoryOperation.ReadChanges, false)]
    [InlineData(InMemoryOperation.Write, false)]
    [InlineData(InMemoryOperation.Write, true)]
    public async Task Run_whose_database_goes_away_ends_with_an_error_and_goes_on_afterward_without_loss_or_duplicate(
        InMemoryOperation moment, bool isAnswerLost)
    {
        await using var provider = Build(time);
        var queue = provider.GetRequiredService<JobQueue>();
        CloseAt(moment, isAnswerLost);

        var run = () => queue.RunDueAsync();

        var failure = (await run.Should().ThrowAsync<CouplingStoreException>()).Which;
        failure.Failure.Should().Be(CouplingStoreFailure.Unavailable);
        failure.Message.Should().Be($"Coupling store '{schema.Name}' cannot be reached, or the connection was lost.");
        var key = new MappingKey(provider.GetRequiredService<SyncEngine>().Scope.Name, Mapping);
        (await schema.Open(time).CountAsync(key, default)).Should().Be(0);

        (local.Faults.BeforeCall, integration.Faults.BeforeCall, integration.Faults.OnWrite) = (null, null, null);
        gate.Open();
        var entry = (await queue.ListAsync()).Should().ContainSingle().Which;
        entry.State.Should().Be(JobQueueEntryState.InProcess, "nobody could store that its run had ended");
        time.Advance(TimeSpan.FromHours(1));
        await queue.RunDueAsync();

        (await queue.ListAsync()).Single().Stored.Should().Match<StoredJobQueueEntry>(stored =>
            stored.State == JobQueueEntryState.Ready && stored.LastSucceededOn == time.GetUtcNow() && stored.Attempts == 0);
        integration["account"].Count.Should().Be(Records);
        (await provider.GetRequiredService<SyncEngine>().Couplings.ListAsync(Mapping).CountAsync()).Should().Be(Records);
    }

    [Fact]
    public async Task Health_check_says_that_the_database_is_away_until_it_is_back()
    {
        await using var provider = Build(time);
        await provider.GetRequiredService<JobQueue>().RunDueAsync();
        (await CheckAsync(provider)).Status.Should().Be(HealthStatus.Healthy);
        gate.Close();

        var away = await CheckAsync(provider);

        away.Status.Should().Be(HealthStatus.Unhealthy);
        away.Description.Should().Be(
            $"The coupling store cannot be used. Coupling store '{schema.Name}' cannot be reached, or the connection was lost.");
        gate.Open();
        (await CheckAsync(provider)).Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public async Task Host_that_starts_while_the_database_is_away_runs_its_entries_when_it_is_there()
    {
        gate.Close();
        await using var provider = Build(TimeProvider.System);
        var services = provider.GetServices<IHostedService>().ToList();

        await Task.WhenAll(services.Select(service => service.StartAsync(default)));
        (await CheckAsync(provider)).Status.Should().Be(HealthStatus.Unhealthy);
        gate.Open();

        using var patience = new CancellationTokenSource(Patience);
        while (integration["account"].Count < Records)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await Task.WhenAll(services.Select(service => service.StopAsync(default)));
        (await provider.GetRequiredService<JobQueue>().ListAsync()).Should().OnlyContain(entry => entry.State == JobQueueEntryState.Ready);
    }

    private void CloseAt(InMemoryOperation moment, bool isAnswerLost)
    {
        var connector = moment == InMemoryOperation.Write ? integration : local;
        if (isAnswerLost)
        {
            connector.Faults.OnWrite = (_, _) =>
            {
                gate.Close();
                return InMemoryWriteFault.None;
            };
            return;
        }

        connector.Faults.BeforeCall = (call, _) =>
        {
            if (call.Operation == moment)
            {
                gate.Close();
            }

            return ValueTask.CompletedTask;
        };
    }

    private static async Task<HealthCheckResult> CheckAsync(ServiceProvider provider)
    {
        var registration = provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Single();
        return await registration.Factory(provider).CheckHealthAsync(new() { Registration = registration });
    }

    private ServiceProvider Build(TimeProvider clock)
    {
        var store = schema.Open(
            clock == TimeProvider.System ? null : clock, schema.Options() with { ConnectionString = gate.ConnectionString });
        var services = new ServiceCollection();
        _ = services.AddLogging().AddSingleton(clock);
        _ = services.AddDataverseSync(sync => sync
            .UseLocal(_ => local)
            .UseIntegration(_ => integration)
            .UseStore(_ => store)
            .AddMapping(Mapping, mapping => mapping
                .Between("customers", "account")
                .Field("number", "number", field => field.UseForMatching())
                .Field("displayName", "name")
                .OnlyCoupledRecords(false))
            .AddJobQueue(options => options.CheckInterval = TimeSpan.FromMilliseconds(100)));
        _ = services.AddHealthChecks().AddDataverseSync();
        return services.BuildServiceProvider();
    }
}
