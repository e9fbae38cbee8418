using Dataverse.Sync.Hosting;
using Microsoft.Extensions.Logging;

namespace Cluster;

/// <summary>Prints what the job queue logs of its entries, and all warnings and errors.</summary>
internal sealed class EntryLog(TextWriter output) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(output, categoryName == typeof(JobQueue).FullName);

    public void Dispose()
    {
        // The output belongs to the caller.
    }

    private sealed class Logger(TextWriter output, bool isJobQueue) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= (isJobQueue ? LogLevel.Debug : LogLevel.Warning);

        // One call per line, so that the lines of several threads do not mix.
        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning || (isJobQueue && eventId.Name?.StartsWith("Entry", StringComparison.Ordinal) == true))
            {
                output.WriteLine(formatter(state, exception).ReplaceLineEndings(" "));
            }
        }
    }
}
