using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>A value of an enumeration that may be null.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class OptionalChoiceForm<T> : Form<T?>
    where T : struct, Enum
{
    private readonly ChoiceForm<T> form = ChoiceForm<T>.Instance;

    public override T? Read(Node node, T? before, Reading reading) =>
        node.IsBlank ? null : form.Read(node, before ?? default, reading);

    public override void Write(Utf8JsonWriter writer, T? value, NamedCode code)
    {
        if (value is null)
        {
            writer.WriteNullValue();
            return;
        }

        form.Write(writer, value.Value, code);
    }

    public override JsonObject Describe(SchemaDefinitions definitions)
    {
        var schema = form.Describe(definitions);
        schema["enum"]!.AsArray().Add(null);
        return schema;
    }
}
