using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.OrganizationService;

/// <summary>What a connection logs: never a text of the service.</summary>
internal static partial class CallLog
{
    [LoggerMessage(
        EventId = 1, Level = LogLevel.Warning,
        Message = "{Connector} could not answer ({Failure}, {Code}); repetition {Repetition}")]
    public static partial void Repeating(
        ILogger logger, string connector, ConnectorFailure failure, string? code, int repetition);
}
