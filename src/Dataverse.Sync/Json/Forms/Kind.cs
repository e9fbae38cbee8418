using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>A kind of rule or converter that data can describe.</summary>
/// <typeparam name="T">The type of all kinds.</typeparam>
internal abstract class Kind<T>
    where T : class
{
    /// <summary>The name of the kind in a document.</summary>
    public required string Name { get; init; }

    public abstract bool Includes(T value);

    public abstract T Read(Node node, Reading reading);

    public abstract void WriteMembers(Utf8JsonWriter writer, T value, NamedCode code);

    public abstract bool AreSame(T left, T right);

    public abstract JsonObject Describe(SchemaDefinitions definitions);
}
