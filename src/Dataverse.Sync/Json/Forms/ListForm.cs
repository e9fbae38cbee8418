using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>A list that is replaced as a whole.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal sealed class ListForm<T>(Form<T> form, Func<T> blank, bool isUnique = false) : Form<IReadOnlyList<T>>
{
    public override IReadOnlyList<T> Read(Node node, IReadOnlyList<T> before, Reading reading)
    {
        if (NodeList.ItemsOf(node) is not { } items)
        {
            reading.Add(node, $"is {node.KindText}; it must be a list.");
            return before;
        }

        var values = new List<T>();
        foreach (var item in items)
        {
            var known = reading.Problems.Count;
            var value = form is IWholeForm<T> whole ? whole.ReadWhole(item, reading) : form.Read(item, blank(), reading);
            if (reading.Problems.Count > known)
            {
                continue;
            }

            if (isUnique && values.Exists(other => form.AreSame(other, value)))
            {
                reading.Add(item, "is there twice.");
            }

            values.Add(value);
        }

        return values;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, NamedCode code)
    {
        writer.WriteStartArray();
        foreach (var item in value)
        {
            form.Write(writer, item, code);
        }

        writer.WriteEndArray();
    }

    public override bool AreSame(IReadOnlyList<T> left, IReadOnlyList<T> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => form.AreSame(pair.First, pair.Second));

    public override JsonObject Describe(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = form.Describe(definitions) };
        if (isUnique)
        {
            schema["uniqueItems"] = true;
        }

        return schema;
    }
}
