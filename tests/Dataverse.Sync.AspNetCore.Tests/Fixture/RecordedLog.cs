using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.AspNetCore.Tests;

/// <summary>Keeps the messages about webhooks.</summary>
internal sealed class RecordedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(string Event, string Text)> entries = new();

    public IReadOnlyList<(string Event, string Text)> Entries => [.. entries];

    public ILogger CreateLogger(string categoryName) =>
        categoryName == LogMessages.Category ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        entries.Enqueue((eventId.Name!, formatter(state, exception)));

    public void Dispose()
    {
    }
}
