namespace Dataverse.Sync;

/// <summary>An option of a choice.</summary>
/// <param name="Value">The value that is stored.</param>
/// <param name="Label">The text that people see.</param>
public sealed record ChoiceOption(FieldValue Value, string Label);
