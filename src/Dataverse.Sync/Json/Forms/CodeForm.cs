using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>
/// Something that code defines: by the name under which it is registered, or one of several kinds that the library has.
/// </summary>
/// <typeparam name="T">The type, such as a rule.</typeparam>
/// <param name="noun">What it is, for messages.</param>
/// <param name="registry">The names.</param>
/// <param name="kinds">The kinds that data can describe.</param>
internal sealed class CodeForm<T>(string noun, Func<NamedCode, CodeNames<T>> registry, params Kind<T>[] kinds) : Form<T>
    where T : class
{
    private const string KindMember = "kind";

    public override T Read(Node node, T before, Reading reading)
    {
        if (node.Kind == NodeKind.Text && !node.IsBlank)
        {
            return Find(node, reading) ?? before;
        }

        if (node.Kind != NodeKind.Object || kinds.Length == 0)
        {
            reading.Add(node, $"is {node.KindText}; it must be the name of a {noun}"
                + (kinds.Length == 0 ? "." : $", or an object with a '{KindMember}'."));
            return before;
        }

        var name = node.Find(KindMember) is { Kind: NodeKind.Text } text ? text.Scalar : null;
        var kind = Array.Find(kinds, candidate => node.Names.Equals(candidate.Name, name));
        if (kind is null)
        {
            var known = kinds.Select(candidate => candidate.Name).ToList();
            reading.Add(node.Find(KindMember) ?? node, name is null
                ? $"lacks a '{KindMember}'.{Suggestion.For(string.Empty, known)}"
                : $"is no kind of {noun}.{Suggestion.For(name, known)}");
            return before;
        }

        return kind.Read(node, reading);
    }

    public override void Write(Utf8JsonWriter writer, T value, NamedCode code)
    {
        if (registry(code).NameOf(value) is { } name)
        {
            writer.WriteStringValue(name);
            return;
        }

        var kind = Array.Find(kinds, candidate => candidate.Includes(value))
            ?? throw new SyncConfigurationException(
                [$"The {noun} {value.GetType().Name} has no name, so that it cannot be written as data. "
                    + $"Register it in {nameof(NamedCode)}."]);
        writer.WriteStartObject();
        writer.WriteString(KindMember, kind.Name);
        kind.WriteMembers(writer, value, code);
        writer.WriteEndObject();
    }

    public override bool AreSame(T left, T right) => Equals(left, right)
        || Array.Exists(kinds, kind => kind.Includes(left) && kind.Includes(right) && kind.AreSame(left, right));

    public override JsonObject Describe(SchemaDefinitions definitions) => SchemaDefinitions.AnyOf(
    [
        SchemaDefinitions.Explain(TextForm.Instance.Describe(definitions), $"The name under which the {noun} is registered."),
        .. kinds.Select(kind => kind.Describe(definitions)),
    ]);

    private T? Find(Node node, Reading reading)
    {
        var names = registry(reading.Code);
        var found = names.Find(node.Scalar);
        if (found is null && Array.Find(kinds, kind => node.Names.Equals(kind.Name, node.Scalar)) is { } known)
        {
            // The name of a kind alone is an object without further members.
            return known.Read(node with { Kind = NodeKind.Object }, reading);
        }

        if (found is null)
        {
            var near = Suggestion.For(node.Scalar, [.. names.All, .. kinds.Select(kind => kind.Name)]);
            reading.Add(node, $"names the {noun} '{node.Scalar}', which is not registered.{near}"
                + $" Code registers a {noun} in {nameof(NamedCode)} before the document is read.");
        }

        return found;
    }
}
