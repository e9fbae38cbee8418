namespace Dataverse.Sync.BusinessCentral;

/// <summary>Says of properties that are no fields what they are and why they cannot be synchronized.</summary>
internal static class UnsupportedProperties
{
    private const string Collection = "Collection(";

    /// <summary>Describes a property whose type has no field type.</summary>
    public static UnsupportedField Describe(string name, string type) => new(
        name,
        $"a property of the type {type}",
        type switch
        {
            "Edm.Stream" => "pictures and files have an address of their own and no value in a record.",
            "Edm.Binary" => "binary values are not synchronized.",
            _ when type.StartsWith(Collection, StringComparison.Ordinal) => "a list has no single value.",
            _ when !type.StartsWith("Edm.", StringComparison.Ordinal) => "a value of several parts has no single value.",
            _ => "Business Central has no field of this type.",
        });

    /// <summary>Describes a navigation property.</summary>
    public static UnsupportedField DescribeNavigation(string name) => new(
        name, "a navigation property", "what it leads to are records of another table, which can be mapped.");
}
