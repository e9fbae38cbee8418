using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>A share from 0 to 1.</summary>
internal sealed class ShareForm : Form<double>
{
    public static ShareForm Instance { get; } = new();

    public override double Read(Node node, double before, Reading reading)
    {
        if (NumberText.IsNumber(node)
            && double.TryParse(node.Scalar, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and <= 1)
        {
            return value;
        }

        reading.Add(node, $"is {NumberText.Describe(node)}; it must be a number from 0 to 1.");
        return before;
    }

    public override void Write(Utf8JsonWriter writer, double value, NamedCode code) => writer.WriteNumberValue(value);

    public override JsonObject Describe(SchemaDefinitions definitions) =>
        new() { ["type"] = "number", ["minimum"] = 0, ["maximum"] = 1 };
}
