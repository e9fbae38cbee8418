namespace Dataverse.Sync;

/// <summary>One field and the value to write; a blank clears the field.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Value">The value.</param>
public readonly record struct FieldWrite(string Field, FieldValue Value);
