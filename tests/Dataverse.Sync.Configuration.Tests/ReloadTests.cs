using Dataverse.Sync.Hosting;
using Dataverse.Sync.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Configuration.Tests;

/// <summary>Settings that change while the host runs.</summary>
public sealed class ReloadTests : IAsyncDisposable
{
    private const string Entry = "Sync:jobQueue:entries:CUSTOMER";

    private readonly IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?>
        {
            ["Sync:store:kind"] = "InMemory",
            ["Sync:standardMappings"] = "true",
            [$"{Entry}:isEnabled"] = "true",
        }).Build();

    private readonly RecordedLog log = new();
    private readonly ServiceProvider provider;

    public ReloadTests()
    {
        var services = new ServiceCollection();
        _ = services.AddSingleton<IConfiguration>(configuration)
            .AddLogging(logging => logging.AddProvider(log));
        _ = services.AddDataverseSync(configuration.GetSection("Sync"), sync => sync
            .UseLocal(_ => new InMemoryConnector()).UseIntegration(_ => new InMemoryConnector()));
        provider = services.BuildServiceProvider();
    }

    [Fact]
    public async Task A_changed_entry_is_taken_over()
    {
        await WatchAsync();

        Set(($"{Entry}:isEnabled", "false"));

        (await CustomerAsync()).IsEnabled.Should().BeFalse();
        Messages().Should().Equal("The changed settings of the job queue are in use.");
    }

    [Fact]
    public async Task A_wrong_setting_changes_nothing_and_is_told_with_its_key()
    {
        await WatchAsync();

        Set(($"{Entry}:isEnabled", "false"), ($"{Entry}:retryDelay", "00:00:00"));
        Set(($"{Entry}:retryDelay", "soon"));

        (await CustomerAsync()).IsEnabled.Should().BeTrue();
        Messages().Should().Equal(
            "The changed settings of the job queue are not used. Sync:JobQueue:Entries:CUSTOMER:RetryDelay is 00:00:00; "
                + "it must be more than zero and at most 3650 days.",
            "The changed settings of the job queue are not used. Sync:jobQueue:entries:CUSTOMER:retryDelay must be "
                + "a time such as 00:30:00.");
    }

    [Fact]
    public async Task What_cannot_change_under_a_running_engine_is_named()
    {
        await WatchAsync();

        Set(("Sync:store:kind", "Sqlite"), ("Sync:mappings:CUSTOMER:isEnabled", "false"));

        Messages().Should().Equal("These changed settings apply from the next start: Sync:mappings:CUSTOMER:isEnabled, Sync:store:kind.");
        (await CustomerAsync()).IsEnabled.Should().BeTrue();
    }

    [Fact]
    public async Task A_reload_without_a_difference_says_nothing()
    {
        await WatchAsync();

        configuration.Reload();

        Messages().Should().BeEmpty();
    }

    public async ValueTask DisposeAsync() => await provider.DisposeAsync();

    // Only what watches the settings; no entry is run.
    private Task WatchAsync() => provider.GetServices<IHostedService>()
        .Single(service => service.GetType().Name == "SettingsReload").StartAsync(default);

    private void Set(params (string Key, string Value)[] settings)
    {
        foreach (var (key, value) in settings)
        {
            configuration[key] = value;
        }

        configuration.Reload();
    }

    private async Task<JobQueueEntry> CustomerAsync() =>
        (await provider.GetRequiredService<JobQueue>().ListAsync()).Single(entry => entry.Name == "CUSTOMER");

    private IEnumerable<string> Messages() => log.Entries.Select(entry => entry.Text);
}
