using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>The form that a kind of value has in a document: how it is read, written, compared, and described.</summary>
/// <remarks>Reader, writer, and schema are made from the same forms, so that they cannot disagree.</remarks>
/// <typeparam name="T">The type of the value.</typeparam>
internal abstract class Form<T>
{
    /// <summary>Whether a changed value is told by its parts, such as the members of an object.</summary>
    public virtual bool HasParts => false;

    /// <summary>Reads a value.</summary>
    /// <param name="node">The node.</param>
    /// <param name="before">The value that the node changes. Most kinds of values are replaced and ignore it.</param>
    /// <param name="reading">Receives the problems.</param>
    /// <returns>The value; <paramref name="before"/> if there was a problem.</returns>
    public abstract T Read(Node node, T before, Reading reading);

    /// <summary>Writes a value.</summary>
    public abstract void Write(Utf8JsonWriter writer, T value, NamedCode code);

    /// <summary>Writes what is necessary to get one value from another.</summary>
    public virtual void WriteChange(Utf8JsonWriter writer, T before, T after, NamedCode code) =>
        Write(writer, after, code);

    /// <summary>Lists what differs between two values.</summary>
    public virtual IEnumerable<MappingDifference> Compare(string path, T before, T after, NamedCode code) =>
        AreSame(before, after) ? [] : [new(path, JsonText.Of(this, before, code), JsonText.Of(this, after, code))];

    /// <summary>Whether two values are written in the same way.</summary>
    public virtual bool AreSame(T left, T right) => EqualityComparer<T>.Default.Equals(left, right);

    /// <summary>Describes the values as a JSON schema.</summary>
    public abstract JsonObject Describe(SchemaDefinitions definitions);
}
