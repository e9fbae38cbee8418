using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Shared;

/// <summary>The log messages about definitions. They name tables, columns, and codes, never values.</summary>
internal static partial class SchemaLog
{
    [LoggerMessage(
        EventId = 121, Level = LogLevel.Warning,
        Message = "{Connector}: the caller's rights on secured columns cannot be read ({Code}), so that no secured column "
            + "takes part; the user needs the privilege prvReadUser for its own row")]
    public static partial void RightsUnknown(ILogger logger, string connector, string? code);

    [LoggerMessage(
        EventId = 122, Level = LogLevel.Warning,
        Message = "{Connector}: the masking rules of '{Table}' cannot be read, so that its secured texts and numbers do not "
            + "take part; the user needs the privilege prvReadAttributeMaskingRule")]
    public static partial void MasksUnknown(ILogger logger, string connector, string table);

    [LoggerMessage(
        EventId = 123, Level = LogLevel.Information,
        Message = "{Connector}: column '{Column}' of '{Table}' is masked and therefore does not take part")]
    public static partial void ColumnMasked(ILogger logger, string connector, string table, string column);
}
