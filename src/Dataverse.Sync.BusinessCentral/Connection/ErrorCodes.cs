namespace Dataverse.Sync.BusinessCentral;

/// <summary>
/// The service's error codes that decide something. Codes go before statuses, whose use varies between versions.
/// </summary>
internal static class ErrorCodes
{
    public const string CompanyNotFound = "Internal_CompanyNotFound";
    public const string EntityChanged = "Request_EntityChanged";
    public const string SameKeyExists = "Internal_EntityWithSameKeyExists";
    public const string TenantUnavailable = "Internal_TenantUnavailable";
    public const string TooManyRequests = "Application_TooManyRequests";

    private const string InvalidToken = "BadRequest_InvalidToken";

    /// <summary>Whether a code says that a record does not exist, rather than its company or its table.</summary>
    public static bool IsRecordAbsent(string? code) =>
        code is "BadRequest_ResourceNotFound" or "Internal_RecordNotFound" or "Internal_DataNotFoundFilter";

    /// <summary>Whether a code decides by itself, whatever the text advises.</summary>
    public static bool IsDecisive(string? code) =>
        code is EntityChanged or SameKeyExists or InvalidToken or CompanyNotFound || IsRecordAbsent(code);

    /// <summary>
    /// Whether a code says that the definition of the table may have changed: a text or a filter value that is longer
    /// than the field, or a set that does not exist.
    /// </summary>
    public static bool ContradictsSchema(string? code) =>
        code is "Application_StringExceededLength" or "Application_FilterErrorException" or "BadRequest_NotFound";

    /// <summary>
    /// Whether a code is about the request or about the rules of the application, which a repetition does not change.
    /// </summary>
    public static bool IsApplications(string? code) => code is not null
        && (code.StartsWith("Application_", StringComparison.Ordinal) || code.StartsWith("BadRequest_", StringComparison.Ordinal));
}
