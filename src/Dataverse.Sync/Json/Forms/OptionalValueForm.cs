using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>A value of a field that may be missing, which is not the same as blank.</summary>
internal sealed class OptionalValueForm : Form<FieldValue?>
{
    public static OptionalValueForm Instance { get; } = new();

    public override FieldValue? Read(Node node, FieldValue? before, Reading reading) =>
        node.IsBlank ? null : FieldValueForm.Instance.Read(node, default, reading);

    public override void Write(Utf8JsonWriter writer, FieldValue? value, NamedCode code)
    {
        if (value is { IsBlank: true })
        {
            writer.WriteStartObject();
            writer.WriteString("text", string.Empty);
            writer.WriteEndObject();
            return;
        }

        FieldValueForm.Instance.Write(writer, value ?? default, code);
    }

    public override JsonObject Describe(SchemaDefinitions definitions) => FieldValueForm.Instance.Describe(definitions);
}
