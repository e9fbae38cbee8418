using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Json;

/// <summary>Texts by texts, as an object.</summary>
internal sealed class TextMapForm : Form<IReadOnlyDictionary<string, string>>
{
    public static TextMapForm Instance { get; } = new();

    public override IReadOnlyDictionary<string, string> Read(
        Node node, IReadOnlyDictionary<string, string> before, Reading reading)
    {
        if (node.Kind != NodeKind.Object && !(node.IsSetting && node.IsBlank))
        {
            reading.Add(node, $"is {node.KindText}; it must be an object.");
            return before;
        }

        return node.Members.ToDictionary(
            member => member.Name, member => TextForm.Instance.Read(member.Value, string.Empty, reading));
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, NamedCode code)
    {
        writer.WriteStartObject();
        foreach (var (name, text) in value.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            writer.WriteString(name, text);
        }

        writer.WriteEndObject();
    }

    public override bool AreSame(IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right) =>
        left.Count == right.Count && left.All(item => right.TryGetValue(item.Key, out var other) && other == item.Value);

    public override JsonObject Describe(SchemaDefinitions definitions) =>
        new() { ["type"] = "object", ["additionalProperties"] = TextForm.Instance.Describe(definitions) };
}
