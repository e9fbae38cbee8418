using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>True or false.</summary>
internal sealed class BooleanForm : Form<bool>
{
    public static BooleanForm Instance { get; } = new();

    public override bool Read(Node node, bool before, Reading reading)
    {
        if (node.Kind == NodeKind.Boolean)
        {
            return node.Scalar == "true";
        }

        if (node is { IsSetting: true, Kind: NodeKind.Text } && bool.TryParse(node.Scalar, out var value))
        {
            return value;
        }

        reading.Add(node, $"is {node.KindText}; it must be true or false.");
        return before;
    }

    public override void Write(Utf8JsonWriter writer, bool value, NamedCode code) => writer.WriteBooleanValue(value);

    public override JsonObject Describe(SchemaDefinitions definitions) => new() { ["type"] = "boolean" };
}
