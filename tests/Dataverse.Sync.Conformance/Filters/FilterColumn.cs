namespace Dataverse.Sync.Conformance;

/// <summary>A field on which filters are generated.</summary>
/// <param name="Name">The name of the field.</param>
/// <param name="Values">The values with which it is compared.</param>
public sealed record FilterColumn(string Name, params IReadOnlyList<FieldValue> Values)
{
    /// <summary>Patterns and other expressions for filter texts of the field, next to its values.</summary>
    public IReadOnlyList<string> Expressions { get; init; } = [];
}
