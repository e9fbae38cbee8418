namespace Dataverse.Sync;

/// <summary>A value to write to a field.</summary>
/// <param name="Field">The name of the field.</param>
/// <param name="Value">The value. A blank clears the field.</param>
public readonly record struct FieldWrite(string Field, FieldValue Value);
