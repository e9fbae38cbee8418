using Microsoft.Extensions.Logging;
using static Dataverse.Sync.Hosting.Tests.QueueFixture;

namespace Dataverse.Sync.Hosting.Tests;

/// <summary>What the hosted service logs of looks for due entries that fail.</summary>
public sealed class ScheduledRunsTests : IDisposable
{
    private readonly SharedStore store = new(Start);
    private readonly List<(LogLevel Level, string Message)> log = [];
    private readonly ScheduledRuns runs;

    public ScheduledRunsTests()
    {
        var fixture = new QueueFixture(store);
        var queue = fixture.NewQueue();
        runs = new(queue, new(fixture.NewEngine(), queue, null), new ListLogger(log));
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

        log.Select(entry => entry.Level).Should().Equal(
            LogLevel.Error, LogLevel.Debug, LogLevel.Debug, LogLevel.Information,
            LogLevel.Error, LogLevel.Debug, LogLevel.Debug, LogLevel.Information);
        log[0].Message.Should().Contain("The server cannot be reached.");
    }

    public void Dispose() => runs.Dispose();

    private sealed class ListLogger(List<(LogLevel, string)> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Add((logLevel, formatter(state, exception)));
    }
}
