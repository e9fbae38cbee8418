using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Tests.Fixture;

/// <summary>Keeps every log message with all that it carries.</summary>
internal sealed class RecordingLoggerFactory : ILoggerFactory
{
    private readonly ConcurrentQueue<LoggedMessage> messages = new();

    public IReadOnlyList<LoggedMessage> Messages => [.. messages];

    public IEnumerable<(int Id, LogLevel Level)> Events =>
        Messages.Select(message => (message.Event.Id, message.Level));

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, messages);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<LoggedMessage> messages) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState,
            Exception?,
            string> formatter)
        {
            var values = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
            messages.Enqueue(new(category, logLevel, eventId, formatter(state, exception), [.. values], exception));
        }
    }
}
