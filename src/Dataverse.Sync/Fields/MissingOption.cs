namespace Dataverse.Sync;

/// <summary>An option of one side that has no counterpart on the other.</summary>
/// <param name="FieldMapping">The key of the field mapping.</param>
/// <param name="Side">The side that lacks the option.</param>
/// <param name="Label">The label, or the code, of the option on the side that has it.</param>
/// <param name="Value">The value of the option on the side that has it.</param>
public sealed record MissingOption(FieldMappingKey FieldMapping, SyncSide Side, string Label, FieldValue Value);
