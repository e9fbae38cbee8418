using System.Globalization;
using System.Text.Json;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Writes values as JSON, where a field's type accepts them.</summary>
internal static class FieldWriter
{
    /// <summary>Writes a value that the type accepts; a blank is written as null.</summary>
    public static void Write(Utf8JsonWriter writer, FieldType type, FieldValue value)
    {
        if (value.IsBlank)
        {
            writer.WriteNullValue();
            return;
        }

        switch (type)
        {
            case FieldType.Boolean:
                writer.WriteBooleanValue(value.AsBoolean());
                break;
            case FieldType.Integer or FieldType.Choice:
                writer.WriteNumberValue((long)value.AsDecimal());
                break;
            case FieldType.Duration:
                writer.WriteNumberValue(ColumnValues.MinutesOf(value)!.Value);
                break;
            case FieldType.Decimal:
                writer.WriteNumberValue(value.AsDecimal());
                break;
            case FieldType.DateTime:
                writer.WriteStringValue(value.AsDateTime().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                break;
            case FieldType.Identifier when value.Kind is FieldValueKind.Identifier or FieldValueKind.Reference:
                writer.WriteStringValue(value.AsIdentifier());
                break;
            default:
                writer.WriteStringValue(value.ToString());
                break;
        }
    }
}
