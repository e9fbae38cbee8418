using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Shared;

/// <summary>A logger whose providers may fail: a message that cannot be logged is lost, and nothing else.</summary>
/// <remarks>
/// A full disk or a log service that does not answer must neither stop a run nor hide the result of a write that was
/// carried out.
/// </remarks>
internal sealed class GuardedLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        try
        {
            return inner.BeginScope(state);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return null;
        }
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return false;
        }
    }

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The message is lost. There is nowhere to report it.
        }
    }
}
