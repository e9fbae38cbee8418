using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Http;

/// <summary>What a connection logs: never an address's query, a token, or a text of the service.</summary>
internal static partial class HttpLog
{
    [LoggerMessage(
        EventId = 1, Level = LogLevel.Warning,
        Message = "{Connector} could not answer ({Failure}, HTTP {Status}, {Code}); repetition {Repetition} in {Delay}")]
    public static partial void Retrying(
        ILogger logger,
        string connector,
        ConnectorFailure failure,
        int? status,
        string? code,
        int repetition,
        TimeSpan delay);

    [LoggerMessage(
        EventId = 2, Level = LogLevel.Debug,
        Message = "{Connector}: {Operation}, attempt answered HTTP {Status} with {Length} bytes in {Elapsed}")]
    public static partial void Answered(ILogger logger, string connector, string operation, int status, long length, TimeSpan elapsed);

    [LoggerMessage(
        EventId = 3, Level = LogLevel.Information,
        Message = "{Connector} refused the access token; asking for another one")]
    public static partial void TokenRefused(ILogger logger, string connector);
}
