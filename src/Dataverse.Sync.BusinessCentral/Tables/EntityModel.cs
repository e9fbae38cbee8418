namespace Dataverse.Sync.BusinessCentral;

/// <summary>The entity sets of one API route, as its metadata declares them.</summary>
internal sealed record EntityModel(IReadOnlyDictionary<string, EntityModel.Set> Sets)
{
    /// <summary>An entity set.</summary>
    /// <param name="Key">The key property; null when there is not exactly one.</param>
    /// <param name="Properties">The properties that hold single values, in the order of the wire.</param>
    internal sealed record Set(string? Key, IReadOnlyList<Property> Properties);

    /// <summary>A property.</summary>
    internal sealed record Property(string Name, FieldType Type, int? MaxLength, IReadOnlyList<string> Members);
}
