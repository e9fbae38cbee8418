namespace Dataverse.Sync.Testing;

/// <summary>One member of a choice column.</summary>
/// <param name="Value">The number on the wire.</param>
/// <param name="Label">The text of formatted values and metadata.</param>
/// <param name="State">For a status column the state that it belongs to; else null.</param>
public sealed record DataverseChoice(int Value, string Label, int? State = null);
