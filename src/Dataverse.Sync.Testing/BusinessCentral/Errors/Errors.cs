using System.Globalization;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The errors of Business Central: HTTP status, code, and a message of the same kind. The correlation id is added when
/// the response is written.
/// </summary>
internal static class Errors
{
    public const string ResourceNotFound = "BadRequest_ResourceNotFound";
    public const string EntityChanged = "Request_EntityChanged";

    public static BusinessCentralException Unauthorized() =>
        new(401, "Authentication_InvalidCredentials", "The server has rejected the client credentials.");

    public static BusinessCentralException Forbidden() =>
        new(403, "Authorization_RequestDenied", "The user does not have permission.");

    public static BusinessCentralException NoEnvironment(string name) =>
        new(404, "NoEnvironment", $"Environment '{name}' does not exist.");

    public static BusinessCentralException CompanyNotFound(string company) =>
        new(404, "Internal_CompanyNotFound", $"Cannot find company '{company}'.");

    public static BusinessCentralException NoResource(string path) =>
        new(404, "BadRequest_NotFound", $"No HTTP resource was found that matches the request path '{path}'.");

    public static BusinessCentralException NoRecord(string set) =>
        new(404, ResourceNotFound, $"Resource not found for the segment '{set}'.");

    public static BusinessCentralException InvalidUrl(string reason) =>
        new(400, "BadRequest_InvalidRequestUrl", reason);

    public static BusinessCentralException MethodNotAllowed(string method) =>
        new(405, "BadRequest_MethodNotAllowed", $"'{method}' requests are not allowed on this resource.");

    public static BusinessCentralException NotImplemented(string what) =>
        new(501, "BadRequest_MethodNotImplemented", what);

    public static BusinessCentralException UnsupportedMediaType(string type) =>
        new(415, "BadRequest", $"The media type '{type}' is not supported for this resource.");

    public static BusinessCentralException PropertyTwice(string name) => BadRequest(
        $"Multiple properties with the name '{name}' were detected. Duplicate property names are not allowed.");

    public static BusinessCentralException PageTooLarge(int limit) =>
        new(413, "Unknown", $"The maximum page size is '{limit}' entities.");

    public static BusinessCentralException NotServed(string name) =>
        NotImplemented($"The emulator does not serve '{name}'.");

    public static BusinessCentralException BadRequest(string reason) => new(400, "BadRequest", reason);

    public static BusinessCentralException MalformedJson() =>
        new(400, "RequestDataInvalid", "Request data is invalid.");

    public static BusinessCentralException UnknownProperty(string name, string entity) =>
        BadRequest(
            $"The property '{name}' does not exist on type 'Microsoft.NAV.{entity}'. "
            + "Make sure to only use property names that are defined by the type.");

    public static BusinessCentralException InvalidOperation(string reason) =>
        new(400, "BadRequest_InvalidOperation", reason);

    public static BusinessCentralException ReadOnly(string control) =>
        InvalidOperation($"Control '{control}' is read-only.");

    public static BusinessCentralException CannotConvert(string property, string type) =>
        BadRequest($"Cannot convert the value of property '{property}' to the expected type '{type}'.");

    public static BusinessCentralException Required(string name) =>
        new(400, "BadRequest_RequiredParamNotProvided", $"The property '{name}' must have a value.");

    public static BusinessCentralException UnknownMember(string property, IEnumerable<string> members) =>
        new(
            400, "Unknown",
            $"The value of '{property}' is not an option. The existing options are: {string.Join(',', members)}");

    public static BusinessCentralException TooLong(int length, int limit) => new(
        400,
        "Application_StringExceededLength",
        string.Create(
            CultureInfo.InvariantCulture,
            $"The length of the string is {length}, but it must be less than or equal to {limit} characters."));

    public static BusinessCentralException FilterTooLong(string value, int limit, string field, string table) => new(
        400,
        "Application_FilterErrorException",
        $"The filter \"{value}\" is not valid for the {field} field on the {table} table. "
        + $"{TooLong(value.Length, limit).Message} Value: {value}");

    public static BusinessCentralException Token() => new(
        400, "BadRequest_InvalidToken",
        "Could not validate the client concurrency token required by the service. "
        + "Reload the entity to get a new token and retry the operation.");

    public static BusinessCentralException Changed() =>
        new(
            409, EntityChanged,
            "Another user has already changed the record. "
            + "Reload the entity to get a new token and retry the operation.");

    public static BusinessCentralException Dialog(string text) => new(400, "Application_DialogException", text);

    public static BusinessCentralException Callback() => new(
        400, "Application_CallbackNotAllowed",
        "Microsoft Dynamics 365 Business Central Server "
        + "attempted to issue a client callback to show a page. Client callbacks are not supported on this connection.");

    public static BusinessCentralException FieldValidation(string text) =>
        new(400, "Application_FieldValidationException", text);

    public static BusinessCentralException Relation(string field, string table, string related) => new(
        400, "Internal_InvalidTableRelation",
        $"The field {field} of table {table} contains a value that cannot be found in the related table ({related}).");

    public static BusinessCentralException Duplicate(int status, string table, string identification) => new(
        status,
        "Internal_EntityWithSameKeyExists",
        $"The record in table {table} already exists. Identification fields and values: {identification}");

    public static BusinessCentralException TooManyRequests(string text) =>
        new(429, "Application_TooManyRequests", text);
}
