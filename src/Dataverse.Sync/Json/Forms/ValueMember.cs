using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>A member of an object with a value of its own form.</summary>
/// <typeparam name="T">The type of the object.</typeparam>
/// <typeparam name="TValue">The type of the value.</typeparam>
/// <param name="form">The form of the value.</param>
/// <param name="get">Reads the value from an object.</param>
/// <param name="set">Returns the object with a value.</param>
/// <param name="fallback">The default of the value in an object.</param>
internal sealed class ValueMember<T, TValue>(
    Form<TValue> form, Func<T, TValue> get, Func<T, TValue, T> set, Func<T, TValue> fallback) : Member<T>
{
    public override T Read(Node node, T target, Reading reading) => set(target, form.Read(node, get(target), reading));

    public override T Complete(T target) => IsDefault(target) ? target : set(target, fallback(target));

    public override bool IsDefault(T value) => form.AreSame(get(value), fallback(value));

    public override void Write(Utf8JsonWriter writer, T value, NamedCode code)
    {
        writer.WritePropertyName(Name);
        form.Write(writer, get(value), code);
    }

    public override void WriteChange(Utf8JsonWriter writer, T before, T after, NamedCode code)
    {
        writer.WritePropertyName(Name);
        form.WriteChange(writer, get(before), get(after), code);
    }

    public override IEnumerable<MappingDifference> Compare(string path, T before, T after, NamedCode code) =>
        form.Compare(path, get(before), get(after), code);

    public override bool AreSame(T left, T right) => form.AreSame(get(left), get(right));

    public override JsonObject Describe(SchemaDefinitions definitions) =>
        SchemaDefinitions.Explain(form.Describe(definitions), Description);
}
