using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>A whole number of 32 bits that is not negative.</summary>
internal sealed class WholeNumberForm : Form<int>
{
    public static WholeNumberForm Instance { get; } = new();

    public override int Read(Node node, int before, Reading reading)
    {
        if (NumberText.IsNumber(node)
            && int.TryParse(node.Scalar, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        reading.Add(node, $"is {NumberText.Describe(node)}; it must be a whole number from 0 to {int.MaxValue}.");
        return before;
    }

    public override void Write(Utf8JsonWriter writer, int value, NamedCode code) => writer.WriteNumberValue(value);

    public override JsonObject Describe(SchemaDefinitions definitions) =>
        new() { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = int.MaxValue };
}
