using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dataverse.Sync.TestSupport;

/// <summary>Keeps log messages. Safe for concurrent use.</summary>
/// <param name="category">The category whose messages are kept, or null for all.</param>
internal sealed class RecordedLog(string? category = null) : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<RecordedMessage> entries = new();

    public IReadOnlyList<RecordedMessage> Entries => [.. entries];

    public ILogger CreateLogger(string categoryName) =>
        category is null || categoryName == category ? this : NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        entries.Enqueue(new(logLevel, eventId.Name, formatter(state, exception), exception));

    public void Dispose()
    {
    }
}
