namespace Dataverse.Sync.BusinessCentral;

/// <summary>The entity sets of one API route, as its metadata declares them.</summary>
/// <param name="Sets">The sets that have an address of their own.</param>
/// <param name="Children">The collections that hang on records of another set, by the name of their property.</param>
internal sealed record EntityModel(IReadOnlyDictionary<string, EntityModel.Set> Sets, IReadOnlyDictionary<string, EntityModel.Set> Children)
{
    /// <summary>An entity set.</summary>
    /// <param name="Key">The key property; null when there is not exactly one.</param>
    /// <param name="Properties">The properties that hold single values, in the order of the wire.</param>
    /// <param name="Unsupported">The properties that cannot be synchronized.</param>
    internal sealed record Set(
        string? Key, IReadOnlyList<Property> Properties, IReadOnlyList<UnsupportedField> Unsupported);

    /// <summary>A property.</summary>
    internal sealed record Property(string Name, FieldType Type, int? MaxLength, IReadOnlyList<string> Members);
}
