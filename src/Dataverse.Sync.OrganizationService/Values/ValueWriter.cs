using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Writes the values of fields as values of the service, where a column accepts them.</summary>
internal static class ValueWriter
{
    /// <summary>Whether a column can hold a value in the service's type.</summary>
    public static bool Accepts(Column column, FieldValue value) => ColumnValues.Accepts(column.Type, value)
        && (column.Type != FieldType.Integer
            || column.ColumnType != ColumnTypes.Integer
            || value.AsDecimal() is >= int.MinValue and <= int.MaxValue);

    /// <summary>The value of an attribute; null clears it.</summary>
    public static object? Write(Column column, FieldValue value)
    {
        if (value.IsBlank)
        {
            return null;
        }

        return column.Type switch
        {
            FieldType.Choice => new OptionSetValue((int)value.AsDecimal()),
            FieldType.Decimal when column.ColumnType == ColumnTypes.Money => new Money(value.AsDecimal()),
            FieldType.Reference => new EntityReference(column.TargetOf(value)!.Table, value.AsIdentifier()),
            FieldType.MultiChoice =>
                new OptionSetValueCollection([.. value.AsMultiChoice().Select(number => new OptionSetValue(number))]),
            _ => Operand(column, value),
        };
    }

    /// <summary>The value of a condition, which holds bare numbers and ids.</summary>
    public static object Operand(Column column, FieldValue value) => column.Type switch
    {
        FieldType.Boolean => value.AsBoolean(),
        FieldType.Integer when column.ColumnType == ColumnTypes.Integer => (int)value.AsDecimal(),
        FieldType.Integer => (long)value.AsDecimal(),
        FieldType.Choice => (int)value.AsDecimal(),
        FieldType.Duration => ColumnValues.MinutesOf(value)!.Value,
        FieldType.Decimal when column.ColumnType == ColumnTypes.Double => (double)value.AsDecimal(),
        FieldType.Decimal => value.AsDecimal(),
        FieldType.Identifier or FieldType.Reference => value.AsIdentifier(),
        FieldType.Date => value.AsDate().ToDateTime(TimeOnly.MinValue),
        FieldType.DateTime => SecondsOf(value.AsDateTime()),
        _ => value.AsText(),
    };

    /// <summary>An instant in whole seconds, as the service stores it.</summary>
    public static DateTime SecondsOf(DateTimeOffset value) =>
        new(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
}
