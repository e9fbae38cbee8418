using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>A member of an object.</summary>
/// <typeparam name="T">The type of the object.</typeparam>
internal abstract class Member<T>
{
    public required string Name { get; init; }

    /// <summary>What the member is, for the schema.</summary>
    public required string Description { get; init; }

    /// <summary>Whether a new object must have the member.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Reads the member into an object.</summary>
    public abstract T Read(Node node, T target, Reading reading);

    /// <summary>Gives a new object that lacks the member its default, which may depend on other members.</summary>
    public abstract T Complete(T target);

    /// <summary>Whether the member has its default.</summary>
    public abstract bool IsDefault(T value);

    public abstract void Write(Utf8JsonWriter writer, T value, NamedCode code);

    public abstract void WriteChange(Utf8JsonWriter writer, T before, T after, NamedCode code);

    public abstract IEnumerable<MappingDifference> Compare(string path, T before, T after, NamedCode code);

    public abstract bool AreSame(T left, T right);

    public abstract JsonObject Describe(SchemaDefinitions definitions);
}
