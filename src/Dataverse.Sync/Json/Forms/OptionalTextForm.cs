using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>A text of any content, in which blanks count, or null.</summary>
internal sealed class OptionalTextForm : Form<string?>
{
    public static OptionalTextForm Instance { get; } = new();

    public override string? Read(Node node, string? before, Reading reading) =>
        node.Kind == NodeKind.Null ? null : AnyTextForm.Instance.Read(node, before ?? string.Empty, reading);

    public override void Write(Utf8JsonWriter writer, string? value, NamedCode code) => writer.WriteStringValue(value);

    public override JsonObject Describe(SchemaDefinitions definitions) =>
        new() { ["type"] = new JsonArray("string", "null") };
}
