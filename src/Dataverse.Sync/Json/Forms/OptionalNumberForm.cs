using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>A whole number of 32 bits that is not negative, or null.</summary>
internal sealed class OptionalNumberForm : Form<int?>
{
    public static OptionalNumberForm Instance { get; } = new();

    public override int? Read(Node node, int? before, Reading reading) =>
        node.IsBlank ? null : WholeNumberForm.Instance.Read(node, before ?? 0, reading);

    public override void Write(Utf8JsonWriter writer, int? value, NamedCode code)
    {
        if (value is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteNumberValue(value.Value);
    }

    public override JsonObject Describe(SchemaDefinitions definitions) =>
        new() { ["type"] = new JsonArray("integer", "null"), ["minimum"] = 0, ["maximum"] = int.MaxValue };
}
