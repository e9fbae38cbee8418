using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>The members of a whole document, and its schema.</summary>
internal static class DocumentDescription
{
    public const string Schema = "$schema";
    public const string Version = "version";
    public const string StandardMappings = "standardMappings";
    public const string Mappings = "mappings";

    /// <summary>The version that this library writes, and the newest that it reads.</summary>
    public const int CurrentVersion = 1;

    public static IReadOnlyList<string> Members { get; } = [Schema, Version, StandardMappings, Mappings];

    /// <summary>Describes documents as a JSON schema.</summary>
    public static JsonObject Describe()
    {
        var definitions = new SchemaDefinitions();
        var mapping = MappingDescription.Form;
        var properties = new JsonObject
        {
            [Schema] = new JsonObject { ["type"] = "string", ["description"] = "Where editors find this schema." },
            [Version] = new JsonObject
            {
                ["const"] = CurrentVersion,
                ["description"] = "The version of the format. The default is the version of the library that reads it.",
            },
            [StandardMappings] = SchemaDefinitions.Explain(
                SchemaDefinitions.AnyOf(new() { ["type"] = "boolean" }, StandardDescription.Form.Describe(definitions)),
                "Adds Business Central's standard mappings: true, or an object with their settings. The default is false."),
            [Mappings] = SchemaDefinitions.Explain(
                SchemaDefinitions.AnyOf(
                    new() { ["type"] = "array", ["items"] = mapping.Describe(definitions) },
                    new() { ["type"] = "object", ["additionalProperties"] = mapping.Describe(definitions) }),
                "New mappings, and changes of mappings with the same name. A list, or an object by the names of mappings."),
        };
        return new()
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Mappings of Dataverse.Sync",
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
            ["definitions"] = definitions.All,
        };
    }
}
