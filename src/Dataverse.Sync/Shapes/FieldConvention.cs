using System.Text.Json;

namespace Dataverse.Sync;

/// <summary>How the members of a class become fields of a system, unless an attribute or a call says otherwise.</summary>
/// <param name="NameOf">Returns the name of the field for the name of a property. Must be deterministic.</param>
/// <param name="Enums">How the system stores enumerations.</param>
public sealed record FieldConvention(Func<string, string> NameOf, EnumForm Enums)
{
    /// <summary>The API of Business Central: <c>PhoneNumber</c> is <c>phoneNumber</c>, and enumerations are names.</summary>
    public static FieldConvention BusinessCentral { get; } = new(JsonNamingPolicy.CamelCase.ConvertName, EnumForm.Name);

    /// <summary>Dataverse: <c>AccountNumber</c> is <c>accountnumber</c>, and enumerations are numbers.</summary>
    public static FieldConvention Dataverse { get; } = new(name => name.ToLowerInvariant(), EnumForm.Number);

    /// <summary>The names of the members, and numbers for enumerations.</summary>
    public static FieldConvention AsWritten { get; } = new(name => name, EnumForm.Number);
}
