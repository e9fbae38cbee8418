using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>A decimal number.</summary>
internal sealed class DecimalForm : Form<decimal>
{
    public static DecimalForm Instance { get; } = new();

    public override decimal Read(Node node, decimal before, Reading reading)
    {
        if (NumberText.IsNumber(node) && DecimalText.TryRead(node.Scalar, out var value))
        {
            return value;
        }

        reading.Add(node, $"is {NumberText.Describe(node)}; it must be a decimal number.");
        return before;
    }

    public override void Write(Utf8JsonWriter writer, decimal value, NamedCode code) =>
        writer.WriteRawValue(FieldValue.Decimal(value).ToString());

    public override JsonObject Describe(SchemaDefinitions definitions) => new() { ["type"] = "number" };
}
