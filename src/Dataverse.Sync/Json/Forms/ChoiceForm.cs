using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>A value of an enumeration, by its name.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class ChoiceForm<T> : Form<T>
    where T : struct, Enum
{
    private static readonly string[] Names = Enum.GetNames<T>();

    public static ChoiceForm<T> Instance { get; } = new();

    public override T Read(Node node, T before, Reading reading)
    {
        if (node.Kind != NodeKind.Text)
        {
            reading.Add(node, $"is {node.KindText}; it must be one of {string.Join(", ", Names)}.");
            return before;
        }

        // Not Enum.TryParse, which takes numbers and lists of names.
        var comparison = node.IsSetting ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var name = Array.Find(Names, known => string.Equals(known, node.Scalar, comparison));
        if (name is null)
        {
            reading.Add(node, $"is '{node.Scalar}'; it must be one of {string.Join(", ", Names)}."
                + Suggestion.Nearest(node.Scalar, Names));
            return before;
        }

        return Enum.Parse<T>(name);
    }

    public override void Write(Utf8JsonWriter writer, T value, NamedCode code) =>
        writer.WriteStringValue(Enum.GetName(value)
            ?? throw new SyncConfigurationException([$"{value} is no value of {typeof(T).Name}."]));

    public override JsonObject Describe(SchemaDefinitions definitions) =>
        new() { ["enum"] = new JsonArray([.. Names.Select(JsonNode? (name) => name)]) };
}
