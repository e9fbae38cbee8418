using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>The definitions of a schema, to which its parts refer.</summary>
internal sealed class SchemaDefinitions
{
    private readonly JsonObject definitions = [];

    /// <summary>All definitions by name.</summary>
    public JsonObject All => definitions;

    /// <summary>Adds a definition unless it is known, and returns a reference to it.</summary>
    public JsonObject Refer(string name, Func<JsonObject> describe)
    {
        if (!definitions.ContainsKey(name))
        {
            // First the name, because a definition may refer to itself.
            definitions[name] = new JsonObject();
            definitions[name] = describe();
        }

        return new() { ["$ref"] = $"#/definitions/{name}" };
    }

    /// <summary>Adds a description. Editors ignore what stands beside a reference, so that is enclosed.</summary>
    public static JsonObject Explain(JsonObject schema, string description)
    {
        var explained = schema.ContainsKey("$ref") ? new JsonObject { ["allOf"] = new JsonArray(schema) } : schema;
        explained["description"] = description;
        return explained;
    }

    /// <summary>A schema of which one of several must apply.</summary>
    public static JsonObject AnyOf(params JsonObject[] schemas) => new()
    {
        ["anyOf"] = new JsonArray([.. schemas.Select(JsonNode? (schema) => schema)]),
    };
}
