using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Documents;

/// <summary>
/// A value of a field: a JSON text, number, boolean, or null, or an object that names the kind of any other value.
/// </summary>
internal sealed class FieldValueForm : Form<FieldValue>
{
    private const string Table = "table";

    private static readonly string[] Kinds =
    [
        "text", "boolean", "integer", "decimal", "identifier", "date", "dateTime", "reference", "multiChoice", "duration",
        "time",
    ];

    public static FieldValueForm Instance { get; } = new();

    public override FieldValue Read(Node node, FieldValue before, Reading reading) => node.Kind switch
    {
        NodeKind.Null => default,
        NodeKind.Text => FieldValue.Text(node.Scalar),
        NodeKind.Boolean => FieldValue.Boolean(node.Scalar == "true"),
        NodeKind.Number => ReadNumber(node, reading),
        NodeKind.Object => ReadObject(node, reading),
        _ => Refuse(node, reading, $"is {node.KindText}; it must be a value, or an object that names its kind"),
    };

    // A whole decimal number is enclosed, because an editor may drop the zero after the point.
    public override void Write(Utf8JsonWriter writer, FieldValue value, NamedCode code)
    {
        switch (value.Kind)
        {
            case FieldValueKind.Blank:
                writer.WriteNullValue();
                break;
            case FieldValueKind.Text:
                writer.WriteStringValue(value.AsText());
                break;
            case FieldValueKind.Boolean:
                writer.WriteBooleanValue(value.AsBoolean());
                break;
            case FieldValueKind.Integer:
                writer.WriteNumberValue(value.AsInteger());
                break;
            case FieldValueKind.Decimal when value.AsDecimal() % 1 != 0:
                writer.WriteRawValue(value.ToString());
                break;
            case FieldValueKind.Unreadable:
                throw new SyncConfigurationException(["An unreadable value cannot be written as data."]);
            default:
                WriteObject(writer, value);
                break;
        }
    }

    public override JsonObject Describe(SchemaDefinitions definitions) => definitions.Refer("value", () =>
    {
        var properties = new JsonObject();
        foreach (var kind in Kinds)
        {
            properties[kind] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") };
        }

        properties[Table] = new JsonObject { ["type"] = "string", ["description"] = "The table to which a reference points." };
        return new()
        {
            ["description"] = "A value: a text, number, boolean, or null for blank; or an object that names its kind, such as "
                + "{\"date\": \"2026-01-31\"}.",
            ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = new JsonArray("string", "number", "boolean", "null") },
                new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = properties,
                    ["additionalProperties"] = false,
                    ["minProperties"] = 1,
                    ["maxProperties"] = 2,
                }),
        };
    });

    private static void WriteObject(Utf8JsonWriter writer, FieldValue value)
    {
        var text = value.ToString();
        writer.WriteStartObject();
        switch (value.Kind)
        {
            case FieldValueKind.Decimal:
                writer.WritePropertyName("decimal");
                writer.WriteRawValue(text);
                break;
            case FieldValueKind.Reference:
                writer.WriteString("reference", text);
                writer.WriteString(Table, value.ReferencedTable);
                break;
            default:
                var kind = value.Kind switch
                {
                    FieldValueKind.Identifier => "identifier",
                    FieldValueKind.Date => "date",
                    FieldValueKind.MultiChoice => "multiChoice",
                    FieldValueKind.Duration => "duration",
                    FieldValueKind.Time => "time",
                    _ => "dateTime",
                };
                writer.WriteString(kind, text);
                break;
        }

        writer.WriteEndObject();
    }

    private static FieldValue ReadNumber(Node node, Reading reading)
    {
        var isWhole = node.Scalar.AsSpan().IndexOfAny('.', 'e', 'E') < 0;
        return isWhole && long.TryParse(node.Scalar, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? FieldValue.Integer(whole)
            : ReadDecimal(node, reading);
    }

    private static FieldValue ReadDecimal(Node node, Reading reading) => DecimalText.TryRead(node.Scalar, out var value)
        ? FieldValue.Decimal(value)
        : Refuse(node, reading, "is no number that a decimal number of 28 digits can hold");

    private static FieldValue ReadObject(Node node, Reading reading)
    {
        var named = node.Members.Where(member => !node.Names.Equals(member.Name, Table)).ToList();
        if (named is not [var (name, value)] || Array.Find(Kinds, kind => node.Names.Equals(kind, name)) is not { } found)
        {
            return Refuse(node, reading, $"must have one member that names the kind of the value: {string.Join(", ", Kinds)}");
        }

        var table = node.Find(Table);
        if (found == "reference")
        {
            return ReadReference(node, value, table, reading);
        }

        return table is null ? ReadKind(found, value, reading) : Refuse(table, reading, "belongs to a reference");
    }

    private static FieldValue ReadReference(Node node, Node id, Node? table, Reading reading)
    {
        if (table is not { Kind: NodeKind.Text, Scalar.Length: > 0 })
        {
            return Refuse(node, reading, $"is a reference; it must name its '{Table}'");
        }

        return Guid.TryParseExact(id.Scalar, "D", out var value)
            ? FieldValue.Reference(value, table.Scalar)
            : Refuse(id, reading, "is no GUID");
    }

    private static FieldValue ReadKind(string kind, Node value, Reading reading)
    {
        var text = value.Scalar;
        var isNumber = NumberText.IsNumber(value);
        var isText = value.Kind == NodeKind.Text;
        return kind switch
        {
            "text" when isText => FieldValue.Text(text),
            "boolean" => FieldValue.Boolean(BooleanForm.Instance.Read(value, false, reading)),
            "integer" when isNumber && long.TryParse(
                text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => FieldValue.Integer(whole),
            "decimal" when isNumber => ReadDecimal(value, reading),
            "identifier" when isText && Guid.TryParseExact(text, "D", out var id) => FieldValue.Identifier(id),
            "date" when isText && DateOnly.TryParseExact(
                text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => FieldValue.Date(date),
            "multiChoice" when isText && OptionNumbers.Parse(text) is { } options => FieldValue.MultiChoice(options),
            "duration" when isText && DurationText.Parse(text) is { } duration => FieldValue.Duration(duration),
            "time" when isText && TimeText.Parse(text) is { } time => FieldValue.Time(time),
            "dateTime" when isText && InstantText.TryRead(text, out var instant) => FieldValue.DateTime(instant),
            _ => Refuse(value, reading, $"is no value of the kind '{kind}'"),
        };
    }

    private static FieldValue Refuse(Node node, Reading reading, string text)
    {
        reading.Add(node, $"{text}.");
        return default;
    }
}
