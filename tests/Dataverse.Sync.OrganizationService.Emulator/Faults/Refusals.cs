using Dataverse.Sync.Testing;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>The refusals that the Web API does not know, or words otherwise.</summary>
internal static class Refusals
{
    public static DataverseErrorException UnknownTable(string? table) => DataverseErrors.UnknownTable(table);

    public static DataverseErrorException UnknownColumn(DataverseTableSchema table, string? column) => new(
        400, "0x80041103",
        $"'{table.LogicalName}' entity doesn't contain attribute with Name = '{column}' and NameMapping = 'Logical'.");

    public static DataverseErrorException NotSupported(string message, DataverseTableSchema table) => new(
        400, "0x80040800", $"The '{message}' method does not support entities of type '{table.LogicalName}'.");

    public static DataverseErrorException Missing(string name) =>
        DataverseErrors.InvalidArgument($"Required field '{name}' is missing.");

    public static DataverseErrorException NoVersion() =>
        new(400, "0x80060883", "The RowVersion property must be provided when the ConcurrencyBehavior is IfRowVersionMatches.");

    public static DataverseErrorException WrongType(object value, DataverseColumn column) =>
        DataverseErrors.InvalidArgument($"Incorrect attribute value type {value.GetType()} for '{column.Name}'.");

    public static DataverseErrorException NotEmulated(string what) =>
        new(501, "0x80040203", $"The emulator does not know {what}.");
}
