namespace Dataverse.Sync.Conformance;

/// <summary>A field and values that the system gives back exactly as they were written.</summary>
/// <param name="Name">The field.</param>
/// <param name="Type">Its type, as the schema tells.</param>
/// <param name="Values">At least two different values that are not blank.</param>
public sealed record SampleField(string Name, FieldType Type, params IReadOnlyList<FieldValue> Values);
