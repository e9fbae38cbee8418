using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>What the connector logs: names of tables and counts, never values.</summary>
internal static partial class ConnectorLog
{
    [LoggerMessage(
        EventId = 101, Level = LogLevel.Information,
        Message = "The checkpoint of table {Table} has no position in it; reading the whole table")]
    public static partial void ReadingWhole(ILogger logger, string table);

    [LoggerMessage(
        EventId = 102, Level = LogLevel.Warning,
        Message = "The response to {Count} writes to table {Table} was lost ({Failure}); reading the records")]
    public static partial void ResponseLost(ILogger logger, int count, string table, ConnectorFailure failure);

    [LoggerMessage(
        EventId = 103, Level = LogLevel.Debug,
        Message = "The service stopped a batch on table {Table} early; sending its last {Count} operations again")]
    public static partial void SendingRest(ILogger logger, string table, int count);
}
