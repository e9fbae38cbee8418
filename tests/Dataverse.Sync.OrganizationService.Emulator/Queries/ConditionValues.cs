using System.Globalization;
using Dataverse.Sync.Testing;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.OData.Edm;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>Reads the values of conditions: plain ones, not the SDK's types for options, money, and references.</summary>
internal static class ConditionValues
{
    /// <exception cref="DataverseErrorException">The value does not fit the column.</exception>
    public static object Read(DataverseColumn column, object? value) =>
        (DataverseTableSchema.KindOf(column), value) switch
        {
            (EdmPrimitiveTypeKind.String, string) => value,
            (EdmPrimitiveTypeKind.Guid, Guid) => value,
            (EdmPrimitiveTypeKind.Guid, string text) when Guid.TryParse(text, out var id) => id,
            (EdmPrimitiveTypeKind.Boolean, bool) => value,
            (EdmPrimitiveTypeKind.Boolean, int number and (0 or 1)) => number == 1,
            (EdmPrimitiveTypeKind.Int32 or EdmPrimitiveTypeKind.Int64, int or long) =>
                System.Convert.ToInt64(value, CultureInfo.InvariantCulture),
            (EdmPrimitiveTypeKind.Decimal or EdmPrimitiveTypeKind.Double, decimal or double or int or long) => value,
            (EdmPrimitiveTypeKind.DateTimeOffset, DateTime time) => new DateTimeOffset(
                time.Kind is DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            (EdmPrimitiveTypeKind.Date, DateTime day) => DateOnly.FromDateTime(day),
            (EdmPrimitiveTypeKind.DateTimeOffset or EdmPrimitiveTypeKind.Date, string text)
                when DateTimeOffset.TryParse(
                    text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
            _ => throw DataverseErrors.InvalidArgument(
                $"Condition for attribute '{column.Name}': a value of type '{value?.GetType().ToString() ?? "null"}' was not expected."),
        };
}
