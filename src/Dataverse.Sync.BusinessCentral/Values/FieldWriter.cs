using System.Text.Json;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>
/// Writes values with Business Central's blank conventions; never null, which the service reads differently per type.
/// </summary>
internal static class FieldWriter
{
    /// <summary>Whether a value fits a field's type. A blank fits every one.</summary>
    public static bool Accepts(FieldType type, FieldValue value) => value.IsBlank || type switch
    {
        FieldType.Text or FieldType.Choice => value.Kind == FieldValueKind.Text,
        FieldType.Boolean => value.Kind == FieldValueKind.Boolean,
        FieldType.Integer => value.Kind == FieldValueKind.Integer || (value.Kind == FieldValueKind.Decimal && IsWhole(value.AsDecimal())),
        FieldType.Decimal => value.Kind is FieldValueKind.Integer or FieldValueKind.Decimal,
        FieldType.Date => value.Kind == FieldValueKind.Date,
        FieldType.DateTime => value.Kind == FieldValueKind.DateTime,
        FieldType.Duration => value.Kind == FieldValueKind.Duration,
        FieldType.Time => value.Kind == FieldValueKind.Time,
        _ => value.Kind is FieldValueKind.Identifier or FieldValueKind.Reference,
    };

    /// <summary>Writes a value that fits the type.</summary>
    public static void Write(Utf8JsonWriter writer, string field, FieldType type, FieldValue value)
    {
        switch (type)
        {
            case FieldType.Text:
                writer.WriteString(field, value.AsText());
                break;
            case FieldType.Choice:
                writer.WriteString(field, EnumName.Encode(value));
                break;
            case FieldType.Boolean:
                writer.WriteBoolean(field, !value.IsBlank && value.AsBoolean());
                break;
            case FieldType.Integer:
                writer.WriteNumber(field, value.IsBlank ? 0 : (long)value.AsDecimal());
                break;
            case FieldType.Decimal:
                writer.WriteNumber(field, value.IsBlank ? 0 : value.AsDecimal());
                break;
            case FieldType.Date:
                writer.WriteString(field, value.IsBlank ? "0001-01-01" : value.ToString());
                break;
            case FieldType.DateTime:
                writer.WriteString(field, value.IsBlank ? "0001-01-01T00:00:00Z" : value.ToString());
                break;
            case FieldType.Duration:
                writer.WriteString(field, value.IsBlank ? "PT0S" : value.ToString());
                break;
            case FieldType.Time:
                writer.WriteString(field, value.IsBlank ? "00:00:00" : value.ToString());
                break;
            default:
                writer.WriteString(field, value.IsBlank ? Guid.Empty : value.AsIdentifier());
                break;
        }
    }

    private static bool IsWhole(decimal number) =>
        decimal.Truncate(number) == number && number is >= long.MinValue and <= long.MaxValue;
}
