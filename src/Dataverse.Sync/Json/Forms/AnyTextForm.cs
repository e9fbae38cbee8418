using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>A text of any content, such as one to search for, in which blanks count.</summary>
internal sealed class AnyTextForm : Form<string>
{
    public static AnyTextForm Instance { get; } = new();

    public override string Read(Node node, string before, Reading reading)
    {
        if (node.Kind == NodeKind.Text)
        {
            return node.Scalar;
        }

        reading.Add(node, $"is {node.KindText}; it must be a text.");
        return before;
    }

    public override void Write(Utf8JsonWriter writer, string value, NamedCode code) => writer.WriteStringValue(value);

    public override JsonObject Describe(SchemaDefinitions definitions) => new() { ["type"] = "string" };
}
