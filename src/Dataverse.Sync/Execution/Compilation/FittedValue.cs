namespace Dataverse.Sync.Execution;

/// <summary>A value in the form in which a field stores it.</summary>
/// <param name="Value">The value.</param>
/// <param name="IsCut">Whether a text was cut to the length of the field.</param>
internal readonly record struct FittedValue(FieldValue Value, bool IsCut = false);
