namespace Dataverse.Sync.Execution;

/// <summary>The row of the own company.</summary>
/// <param name="Value">The value of the company column in the rows of the company.</param>
/// <param name="Team">The team that owns these rows, or blank.</param>
internal sealed record OwnCompany(FieldValue Value, FieldValue Team);
