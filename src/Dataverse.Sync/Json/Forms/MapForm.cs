using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>Values by texts, as an object.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="form">The form of a value.</param>
/// <param name="blank">Creates a value that takes the place of one that cannot be read.</param>
internal sealed class MapForm<T>(Form<T> form, Func<T> blank) : Form<IReadOnlyDictionary<string, T>>
{
    public override IReadOnlyDictionary<string, T> Read(
        Node node, IReadOnlyDictionary<string, T> before, Reading reading)
    {
        if (node.Kind != NodeKind.Object && !(node.IsSetting && node.IsBlank))
        {
            reading.Add(node, $"is {node.KindText}; it must be an object.");
            return before;
        }

        return node.Members.ToDictionary(
            member => member.Name, member => form.Read(member.Value, blank(), reading));
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, T> value, NamedCode code)
    {
        writer.WriteStartObject();
        foreach (var (name, item) in value.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            form.Write(writer, item, code);
        }

        writer.WriteEndObject();
    }

    public override bool AreSame(IReadOnlyDictionary<string, T> left, IReadOnlyDictionary<string, T> right) =>
        left.Count == right.Count
        && left.All(item => right.TryGetValue(item.Key, out var other) && form.AreSame(item.Value, other));

    public override JsonObject Describe(SchemaDefinitions definitions) =>
        new() { ["type"] = "object", ["additionalProperties"] = form.Describe(definitions) };
}
