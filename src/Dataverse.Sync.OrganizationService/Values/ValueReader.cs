using System.Globalization;
using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Reads the service's values as the values of fields, the same as over the Web API.</summary>
internal static class ValueReader
{
    /// <summary>The value of a column; unreadable when the service's value is none of the column's type.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The service's value; null for a blank.</param>
    public static FieldValue Read(Column column, object? value)
    {
        value = value is AliasedValue joined ? joined.Value : value;
        return value is null ? FieldValue.Blank : Convert(column, value) ?? FieldValue.Unreadable;
    }

    /// <summary>The instant of a date and time. What has no time zone is UTC.</summary>
    public static DateTimeOffset InstantOf(DateTime value) =>
        new(value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc));

    /// <summary>The number of a value that the service tells as a number or an option; null for any other.</summary>
    public static int? NumberOf(object? value) => value switch
    {
        OptionSetValue option => option.Value,
        int number => number,
        long number and >= int.MinValue and <= int.MaxValue => (int)number,
        _ => null,
    };

    private static FieldValue? Convert(Column column, object value) => column.Type switch
    {
        FieldType.Text => value is string text ? FieldValue.Text(text) : null,
        FieldType.MultiChoice => OptionsOf(value),
        FieldType.Duration => value is int minutes ? FieldValue.Duration(TimeSpan.FromMinutes((long)minutes)) : null,
        FieldType.Boolean => value is bool boolean ? FieldValue.Boolean(boolean) : null,
        FieldType.Integer => IntegerOf(value),
        FieldType.Choice => NumberOf(value) is { } option ? FieldValue.Integer(option) : null,
        FieldType.Decimal => DecimalOf(value),
        FieldType.Identifier => value is Guid id ? FieldValue.Identifier(id) : null,
        FieldType.Reference => ReferenceOf(column, value),
        FieldType.Date => value is DateTime date ? FieldValue.Date(DateOnly.FromDateTime(date)) : null,
        FieldType.DateTime => value is DateTime instant ? FieldValue.DateTime(InstantOf(instant)) : null,
        _ => null,
    };

    private static FieldValue? OptionsOf(object value) =>
        value is OptionSetValueCollection options && options.All(option => option is not null)
            ? FieldValue.MultiChoice(options.Select(option => option.Value))
            : null;

    private static FieldValue? IntegerOf(object value) => value switch
    {
        int number => FieldValue.Integer(number),
        long number => FieldValue.Integer(number),
        _ => null,
    };

    private static FieldValue? DecimalOf(object value) => value switch
    {
        Money money => FieldValue.Decimal(money.Value),
        decimal number => FieldValue.Decimal(number),
        double number => FloatOf(number.ToString("R", CultureInfo.InvariantCulture)),
        int number => FieldValue.Decimal(number),
        long number => FieldValue.Decimal(number),
        _ => null,
    };

    // The shortest text that gives the number back is what the Web API sends.
    private static FieldValue? FloatOf(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? FieldValue.Decimal(number) : null;

    private static FieldValue? ReferenceOf(Column column, object value)
    {
        var (id, table) = value switch
        {
            EntityReference reference => (reference.Id, reference.LogicalName),
            Guid bare => (bare, null),
            _ => (Guid.Empty, null),
        };
        table = string.IsNullOrEmpty(table) && column.Targets.Count == 1 ? column.Targets[0].Table : table;
        return id == Guid.Empty ? null
            : string.IsNullOrEmpty(table) ? FieldValue.Identifier(id)
            : FieldValue.Reference(id, table);
    }
}
