using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>An object with named members.</summary>
/// <typeparam name="T">The type of the object.</typeparam>
/// <param name="name">The name of the definition in the schema, such as <c>fieldMapping</c>.</param>
/// <param name="description">What the object is, such as "a field mapping".</param>
/// <param name="blank">Creates an object in which every member has its default.</param>
internal sealed class ObjectForm<T>(string name, string description, Func<T> blank) : Form<T>, IWholeForm<T>
    where T : class
{
    private readonly List<Member<T>> members = [];
    private readonly Dictionary<string, Func<SchemaDefinitions, JsonObject>> controls = new(StringComparer.Ordinal);
    private Action<Node, T, T, Reading>? check;

    public override bool HasParts => true;

    /// <summary>The names of the members and of what the owner of the object reads itself.</summary>
    public IReadOnlyList<string> Names => [.. controls.Keys, .. members.Select(member => member.Name)];

    /// <summary>Adds a member.</summary>
    public ObjectForm<T> With<TValue>(
        string member,
        string explanation,
        Form<TValue> form,
        Func<T, TValue> get,
        Func<T, TValue, T> set,
        bool isRequired = false,
        Func<T, TValue>? fallback = null)
    {
        members.Add(new ValueMember<T, TValue>(form, get, set, fallback ?? (_ => get(blank())))
        {
            Name = member,
            Description = explanation,
            IsRequired = isRequired,
        });
        return this;
    }

    /// <summary>Adds a member that is not part of the object, and that its owner reads.</summary>
    public ObjectForm<T> WithControl(string control, Func<SchemaDefinitions, JsonObject> describe)
    {
        controls.Add(control, describe);
        return this;
    }

    /// <summary>Sets what is checked about objects whose members are valid each for itself.</summary>
    public ObjectForm<T> Checked(Action<Node, T, Reading> checking) =>
        CheckedWithBefore((node, _, value, reading) => checking(node, value, reading));

    /// <summary>
    /// Sets what is checked about objects whose members are valid each for itself, where that depends on the object before
    /// the change; a new object begins as a blank one.
    /// </summary>
    public ObjectForm<T> CheckedWithBefore(Action<Node, T, T, Reading> checking)
    {
        check = checking;
        return this;
    }

    /// <summary>Reads a change of an object: members that are not named keep their values.</summary>
    public override T Read(Node node, T before, Reading reading) => Read(node, before, reading, isWhole: false);

    /// <summary>Reads a new object: members that are not named have their defaults.</summary>
    public T ReadWhole(Node node, Reading reading) => Read(node, blank(), reading, isWhole: true);

    public override void Write(Utf8JsonWriter writer, T value, NamedCode code)
    {
        writer.WriteStartObject();
        WriteMembers(writer, value, code);
        writer.WriteEndObject();
    }

    /// <summary>Writes the members that are required or differ from their defaults, without the braces.</summary>
    public void WriteMembers(Utf8JsonWriter writer, T value, NamedCode code)
    {
        foreach (var member in members.Where(member => member.IsRequired || !member.IsDefault(value)))
        {
            member.Write(writer, value, code);
        }
    }

    public override void WriteChange(Utf8JsonWriter writer, T before, T after, NamedCode code)
    {
        writer.WriteStartObject();
        WriteChangedMembers(writer, before, after, code);
        writer.WriteEndObject();
    }

    /// <summary>Writes the members that differ, without the braces.</summary>
    public void WriteChangedMembers(Utf8JsonWriter writer, T before, T after, NamedCode code)
    {
        foreach (var member in members.Where(member => !member.AreSame(before, after)))
        {
            member.WriteChange(writer, before, after, code);
        }
    }

    public override IEnumerable<MappingDifference> Compare(string path, T before, T after, NamedCode code) =>
        members.SelectMany(member => member.Compare(
            path.Length == 0 ? member.Name : $"{path}.{member.Name}", before, after, code));

    public override bool AreSame(T left, T right) => members.TrueForAll(member => member.AreSame(left, right));

    public override JsonObject Describe(SchemaDefinitions definitions) => definitions.Refer(name, () =>
    {
        var properties = new JsonObject();
        foreach (var (control, describe) in controls)
        {
            properties[control] = describe(definitions);
        }

        foreach (var member in members)
        {
            properties[member.Name] = member.Describe(definitions);
        }

        return new()
        {
            ["description"] = description,
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
    });

    private T Read(Node node, T before, Reading reading, bool isWhole)
    {
        if (node.Kind != NodeKind.Object)
        {
            reading.Add(node, $"is {node.KindText}; it must be an object.");
            return before;
        }

        var known = reading.Problems.Count;
        var value = before;
        foreach (var entry in node.Members.Where(entry => !controls.Keys.Contains(entry.Name, node.Names)))
        {
            var member = members.Find(candidate => node.Names.Equals(candidate.Name, entry.Name));
            if (reading.Problems.IsFull)
            {
                break;
            }

            if (member is null)
            {
                reading.Add(entry.Value, $"is unknown here.{Suggestion.For(entry.Name, Names)}");
                continue;
            }

            value = member.Read(entry.Value, value, reading);
        }

        value = isWhole ? Complete(node, value, reading) : value;
        if (reading.Problems.Count == known)
        {
            check?.Invoke(node, before, value, reading);
        }

        return value;
    }

    private T Complete(Node node, T value, Reading reading)
    {
        foreach (var member in members.Where(member => node.Find(member.Name) is null))
        {
            value = member.Complete(value);
            if (member.IsRequired)
            {
                reading.Add(node, $"lacks '{member.Name}'.");
            }
        }

        return value;
    }
}
