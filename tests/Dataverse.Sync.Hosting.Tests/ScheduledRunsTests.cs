using Microsoft.Extensions.Logging;
using static Dataverse.Sync.Hosting.Tests.QueueFixture;

namespace Dataverse.Sync.Hosting.Tests;

/// <summary>What the hosted service logs of looks for due entries that fail.</summary>
public sealed class ScheduledRunsTests : IDisposable
{
    private readonly SharedStore store = new(Start);
    private readonly RecordedLog log = new();
    private readonly ScheduledRuns runs;

    public ScheduledRunsTests()
    {
        var fixture = new QueueFixture(store);
        var queue = fixture.NewQueue();
        runs = new(queue, new(fixture.NewEngine(), queue, null), log);
    }

    [Fact]
    public async Task A_store_that_is_away_is_an_error_once_and_told_when_it_is_back()
    {
        for (var outage = 0; outage < 2; outage++)
        {
            store.IsUnreachable = true;
            for (var look = 0; look < 3; look++)
            {
                await runs.StartDueAsync();
            }

            store.IsUnreachable = false;
            await runs.StartDueAsync();
            await runs.StartDueAsync();
        }

        log.Entries.Select(entry => entry.Level).Should().Equal(
            LogLevel.Error, LogLevel.Debug, LogLevel.Debug, LogLevel.Information,
            LogLevel.Error, LogLevel.Debug, LogLevel.Debug, LogLevel.Information);
        log.Entries[0].Text.Should().Contain("The server cannot be reached.");
    }

    public void Dispose() => runs.Dispose();
}
