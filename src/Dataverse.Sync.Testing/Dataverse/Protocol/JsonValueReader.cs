using System.Globalization;
using System.Text.Json;
using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Reads the JSON value of a column that is not a lookup.</summary>
internal static class JsonValueReader
{
    /// <exception cref="DataverseErrorException">The value has the wrong type.</exception>
    public static object? Read(DataverseColumn column, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        return TryRead(DataverseTableSchema.KindOf(column), value, column.Behavior)
            ?? throw DataverseErrors.BadPayload(
                $"Cannot convert a literal of '{column.Name}' to the expected type 'Edm.{DataverseTableSchema.KindOf(column)}'.");
    }

    private static object? TryRead(
        EdmPrimitiveTypeKind kind, JsonElement value, DateTimeBehavior behavior) => (kind, value.ValueKind) switch
        {
            (EdmPrimitiveTypeKind.String, JsonValueKind.String) => value.GetString(),
            (EdmPrimitiveTypeKind.Boolean, JsonValueKind.True) => true,
            (EdmPrimitiveTypeKind.Boolean, JsonValueKind.False) => false,
            (EdmPrimitiveTypeKind.Int32, JsonValueKind.Number) => value.TryGetInt32(out var number) ? number : null,
            (EdmPrimitiveTypeKind.Int64, JsonValueKind.Number) => value.TryGetInt64(out var number) ? number : null,
            (EdmPrimitiveTypeKind.Decimal, JsonValueKind.Number) => value.TryGetDecimal(out var number) ? number : null,
            (EdmPrimitiveTypeKind.Double, JsonValueKind.Number) => value.TryGetDouble(out var number) ? number : null,
            (EdmPrimitiveTypeKind.Guid, JsonValueKind.String) =>
                Guid.TryParseExact(value.GetString(), "D", out var id) ? id : null,
            (EdmPrimitiveTypeKind.Date, JsonValueKind.String) =>
                DateOnly.TryParseExact(
                    value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                    out var day) ? day : null,
            (EdmPrimitiveTypeKind.DateTimeOffset, JsonValueKind.String) =>
                DateTimeOffset.TryParse(
                    value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                    out var time) ? Stored(time, behavior) : null,
            _ => null,
        };

    // A value without a time zone keeps its clock time, whatever offset a client sends with it.
    private static DateTimeOffset Stored(DateTimeOffset time, DateTimeBehavior behavior) =>
        behavior is DateTimeBehavior.TimeZoneIndependent
            ? new DateTimeOffset(time.DateTime, TimeSpan.Zero)
            : time.ToUniversalTime();
}
