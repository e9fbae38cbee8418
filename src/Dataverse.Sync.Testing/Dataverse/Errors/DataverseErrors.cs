namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The errors that several parts of the emulator share, with the codes that clients evaluate.</summary>
internal static class DataverseErrors
{
    public const string ObjectDoesNotExist = "0x80040217";
    public const string PayloadError = "0x80048d19";
    public const string QueryError = "0x80060888";

    public static DataverseErrorException RowMissing(DataverseTableSchema table, Guid id) =>
        new(404, ObjectDoesNotExist, $"{table.LogicalName} With Id = {id} Does Not Exist");

    public static DataverseErrorException RowsMissing(DataverseTableSchema table, IEnumerable<Guid> ids) =>
        new(
            404, ObjectDoesNotExist,
            $"{char.ToUpperInvariant(table.LogicalName[0])}{table.LogicalName[1..]} "
            + $"With Ids = {string.Join(", ", ids)} Do Not Exist");

    public static DataverseErrorException AccessDenied(string right, string table, Guid id) =>
        new(
            403, "0x80048306",
            $"Principal user does not have {right} right(s) for record with id {id} of entity {table}.");

    public static DataverseErrorException AlternateKeyMissing() =>
        new(404, "0x80060891", "A record with the specified key values does not exist.");

    public static DataverseErrorException Duplicate() =>
        new(412, "0x80040237", "A record with matching key values already exists.");

    public static DataverseErrorException DuplicateAlternateKey(string key) =>
        new(
            412, "0x80060892",
            $"A record with the values of the entity key {key} already exists. The key requires that they are unique.");

    public static DataverseErrorException VersionMismatch() =>
        new(412, "0x80060882", "The version of the existing record doesn't match the RowVersion property provided.");

    public static DataverseErrorException ConcurrencyNotEnabled(DataverseTableSchema table) =>
        new(400, "0x8006088D", $"Optimistic concurrency isn't enabled for entity type {table.LogicalName}.");

    public static DataverseErrorException UnknownProperty(DataverseTableSchema table, string name) =>
        InPayload(
            table, $"Invalid property '{name}' was found in entity '{DataverseSchema.Namespace}.{table.LogicalName}'.");

    public static DataverseErrorException UndeclaredBind(DataverseTableSchema table, string name) =>
        InPayload(
            table,
            $"An undeclared property '{name}' which only has property annotations in the payload "
            + "but no property value was found in the payload. "
            + "In OData, only declared navigation properties and declared named streams "
            + "can be represented as properties without values.");

    public static DataverseErrorException BadPayload(string message) => new(400, PayloadError, message);

    public static DataverseErrorException BadQuery(string message) => new(400, QueryError, message);

    public static DataverseErrorException UnknownSegment(string segment) =>
        new(404, "0x8006088a", $"Resource not found for the segment '{segment}'.");

    public static DataverseErrorException UnknownTable(string? table) =>
        new(
            404, "0x80041102",
            $"The entity with a name = '{table}' with namemapping = 'Logical' was not found in the MetadataCache.");

    public static DataverseErrorException InvalidArgument(string message) => new(400, "0x80040203", message);

    public static DataverseErrorException MethodNotAllowed(string method) =>
        new(405, QueryError, $"The requested resource does not support http method '{method}'.");

    private static DataverseErrorException InPayload(DataverseTableSchema table, string reason) =>
        new(
            400, PayloadError,
            $"Error identified in Payload provided by the user for Entity :'{table.SetName}', InnerException : {reason}");
}
