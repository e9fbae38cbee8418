using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Reads the members of JSON objects that are written in the types of the service.</summary>
internal static class JsonMembers
{
    /// <summary>Checks that an object has no other members than known ones.</summary>
    /// <exception cref="DataverseErrorException">It is no object, or has another member.</exception>
    public static void Check(
        JsonElement value, string type, IReadOnlyList<string> known, params ReadOnlySpan<string> ignored)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            throw DataverseErrors.BadPayload($"An object of the type '{DataverseSchema.Namespace}.{type}' was expected.");
        }

        foreach (var member in value.EnumerateObject())
        {
            if (member.Name != "@odata.type" && !known.Contains(member.Name) && !ignored.Contains(member.Name))
            {
                throw DataverseErrors.BadPayload(
                    $"The property '{member.Name}' does not exist on type '{DataverseSchema.Namespace}.{type}'.");
            }
        }
    }

    /// <exception cref="DataverseErrorException">There is no such text.</exception>
    public static string Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()!
            : throw DataverseErrors.BadPayload($"The member '{name}' is missing, or is no text.");

    /// <summary>The items of an array; none if it is missing or null.</summary>
    /// <exception cref="DataverseErrorException">The member is no array.</exception>
    public static IEnumerable<JsonElement> Items(JsonElement owner, string name) =>
        !owner.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null ? []
        : value.ValueKind is JsonValueKind.Array ? value.EnumerateArray()
        : throw DataverseErrors.BadPayload($"The member '{name}' is no array.");

    /// <summary>Refuses members with which the emulator does nothing, if they ask for something.</summary>
    /// <exception cref="DataverseErrorException">One of the members is neither null, false, empty, nor an empty list.</exception>
    public static void Refuse(JsonElement owner, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (owner.TryGetProperty(name, out var value) && !AsksNothing(value))
            {
                throw NotEmulated(name);
            }
        }
    }

    public static DataverseErrorException NotEmulated(string what) =>
        new(501, "0x80040203", $"The emulator does not evaluate {what}.");

    private static bool AsksNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.String => value.GetString() is "",
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };
}
