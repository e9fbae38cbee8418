using System.Globalization;
using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Writes rows in the form that the serializer of the SDK gives them.</summary>
internal static class AttributeWriter
{
    private const string Contracts = ":http://schemas.microsoft.com/xrm/2011/Contracts";

    public static void WriteEntity(
        Utf8JsonWriter writer, DataverseTableSchema table, DataverseRow row, IEnumerable<string> columns, bool withType = true)
    {
        writer.WriteStartObject();
        if (withType)
        {
            writer.WriteString("__type", "Entity" + Contracts);
        }

        writer.WriteStartArray("Attributes");
        WriteAttribute(writer, table.Key, () => writer.WriteStringValue(row.Id));
        foreach (var column in columns.Distinct().Select(table.Find).OfType<DataverseColumn>()
            .Where(column => column.Name != table.Key && !column.IsWriteOnly))
        {
            WriteAttribute(writer, column.Name, () => WriteValue(writer, column, row[column.Name]));
        }

        writer.WriteEndArray();
        writer.WriteNull("EntityState");
        WriteEmpty(writer, "FormattedValues");
        writer.WriteString("Id", row.Id);
        WriteEmpty(writer, "KeyAttributes");
        writer.WriteString("LogicalName", row.Table);
        WriteEmpty(writer, "RelatedEntities");
        writer.WriteNull("RowVersion");
        writer.WriteEndObject();
    }

    public static void WriteReference(Utf8JsonWriter writer, DataverseReference reference, bool withType = true)
    {
        writer.WriteStartObject();
        if (withType)
        {
            writer.WriteString("__type", "EntityReference" + Contracts);
        }

        writer.WriteString("Id", reference.Id);
        WriteEmpty(writer, "KeyAttributes");
        writer.WriteString("LogicalName", reference.Table);
        writer.WriteNull("Name");
        writer.WriteNull("RowVersion");
        writer.WriteEndObject();
    }

    public static string Date(DateTimeOffset value) =>
        $"/Date({value.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)})/";

    private static void WriteValue(Utf8JsonWriter writer, DataverseColumn column, object? value)
    {
        switch (value)
        {
            case DataverseReference reference:
                WriteReference(writer, reference);
                break;
            case int number when column.Type is DataverseColumnType.Choice or DataverseColumnType.State or DataverseColumnType.Status:
                WriteBoxed(writer, "OptionSetValue", () => writer.WriteNumberValue(number));
                break;
            case decimal amount when column.Type is DataverseColumnType.Money:
                WriteBoxed(writer, "Money", () => writer.WriteNumberValue(amount));
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(Date(time));
                break;
            case DateOnly day:
                writer.WriteStringValue(Date(new(day, TimeOnly.MinValue, TimeSpan.Zero)));
                break;
            default:
                RowSerializer.WriteValue(writer, column, value);
                break;
        }
    }

    private static void WriteAttribute(Utf8JsonWriter writer, string name, Action value)
    {
        writer.WriteStartObject();
        writer.WriteString("key", name);
        writer.WritePropertyName("value");
        value();
        writer.WriteEndObject();
    }

    private static void WriteBoxed(Utf8JsonWriter writer, string type, Action value)
    {
        writer.WriteStartObject();
        writer.WriteString("__type", type + Contracts);
        writer.WritePropertyName("Value");
        value();
        writer.WriteEndObject();
    }

    private static void WriteEmpty(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartArray(name);
        writer.WriteEndArray();
    }
}
