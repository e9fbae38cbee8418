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

    /// <summary>Whether a code says that a record does not exist, rather than its company or its table.</summary>
    public static bool IsRecordAbsent(string? code) =>
        code is "BadRequest_ResourceNotFound" or "Internal_RecordNotFound" or "Internal_DataNotFoundFilter";
}
