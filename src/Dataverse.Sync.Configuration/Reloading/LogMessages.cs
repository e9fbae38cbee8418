using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Configuration;

/// <summary>The log messages about changed settings. They name keys and never values.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Information, "The changed settings of the job queue are in use.", EventName = "QueueChanged")]
    public static partial void QueueChanged(this ILogger logger);

    [LoggerMessage(
        2,
        LogLevel.Error,
        "The changed settings of the job queue are not used. {Problems}",
        EventName = "QueueNotChanged")]
    public static partial void QueueNotChanged(this ILogger logger, string problems);

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "These changed settings apply from the next start: {Keys}.",
        EventName = "AppliesLater")]
    public static partial void AppliesLater(this ILogger logger, string keys);
}
