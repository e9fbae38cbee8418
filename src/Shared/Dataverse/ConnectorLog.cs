using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Shared;

/// <summary>The log messages of the connector. They name tables and codes, never values.</summary>
internal static partial class ConnectorLog
{
    [LoggerMessage(
        EventId = 101, Level = LogLevel.Information,
        Message = "{Connector}: the change tracking position of '{Table}' is no longer honored ({Code}); reading the whole table")]
    public static partial void TrackingBeginsAgain(ILogger logger, string connector, string table, string? code);

    [LoggerMessage(
        EventId = 102, Level = LogLevel.Information,
        Message = "{Connector}: '{Table}' does not accept CreateMultiple with chosen ids; its records are created one by one in batches")]
    public static partial void NoCreateMultiple(ILogger logger, string connector, string table);

    [LoggerMessage(
        EventId = 103, Level = LogLevel.Debug,
        Message = "{Connector}: CreateMultiple of {Count} records of '{Table}' was refused ({Code}); creating them one by one in a batch")]
    public static partial void CreateMultipleRefused(ILogger logger, string connector, int count, string table, string? code);

    [LoggerMessage(
        EventId = 104, Level = LogLevel.Warning,
        Message = "{Connector}: the response to {Count} writes to '{Table}' was lost; reading the records")]
    public static partial void ResponseLost(ILogger logger, string connector, int count, string table);
}
