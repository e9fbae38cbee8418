using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>A text that is not blank, such as the name of a table.</summary>
internal sealed class TextForm : Form<string>
{
    public static TextForm Instance { get; } = new();

    public override string Read(Node node, string before, Reading reading)
    {
        if (node.Kind != NodeKind.Text)
        {
            reading.Add(node, $"is {node.KindText}; it must be a text.");
            return before;
        }

        if (string.IsNullOrWhiteSpace(node.Scalar))
        {
            reading.Add(node, "is blank; it must be a text.");
            return before;
        }

        return node.Scalar;
    }

    public override void Write(Utf8JsonWriter writer, string value, NamedCode code) => writer.WriteStringValue(value);

    public override JsonObject Describe(SchemaDefinitions definitions) =>
        new() { ["type"] = "string", ["pattern"] = "\\S" };
}
