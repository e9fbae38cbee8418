using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>An object or a text that may be null.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal sealed class OptionalForm<T>(Form<T> form, Func<T> blank) : Form<T?>
    where T : class
{
    public override bool HasParts => form.HasParts;

    public override T? Read(Node node, T? before, Reading reading)
    {
        if (node.IsBlank)
        {
            return null;
        }

        // What could not be read is replaced by something harmless: the document is refused anyway.
        return before is null && form is IWholeForm<T> whole
            ? whole.ReadWhole(node, reading)
            : form.Read(node, before ?? blank(), reading);
    }

    public override void Write(Utf8JsonWriter writer, T? value, NamedCode code)
    {
        if (value is null)
        {
            writer.WriteNullValue();
            return;
        }

        form.Write(writer, value, code);
    }

    public override void WriteChange(Utf8JsonWriter writer, T? before, T? after, NamedCode code)
    {
        if (before is null || after is null)
        {
            Write(writer, after, code);
            return;
        }

        form.WriteChange(writer, before, after, code);
    }

    public override IEnumerable<MappingDifference> Compare(string path, T? before, T? after, NamedCode code) =>
        before is null || after is null
            ? base.Compare(path, before, after, code)
            : form.Compare(path, before, after, code);

    public override bool AreSame(T? left, T? right) =>
        left is null || right is null ? left is null && right is null : form.AreSame(left, right);

    public override JsonObject Describe(SchemaDefinitions definitions) =>
        SchemaDefinitions.AnyOf(form.Describe(definitions), new() { ["type"] = "null" });
}
