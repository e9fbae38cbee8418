namespace Dataverse.Sync;

/// <summary>The integration record that a blank local value stands for, such as the local currency.</summary>
/// <remarks>
/// The record is found by a key that a local setup table contains. If it does not exist,
/// <see cref="ISyncRule.ReferenceMissingAsync"/> may supply the values to create it with. In the other direction, a
/// reference to this record becomes blank.
/// </remarks>
/// <param name="LocalTable">The local setup table, such as the company information. Its first row is used.</param>
/// <param name="LocalField">
/// The field of that table that contains the key, such as the code of the local currency.
/// </param>
/// <param name="IntegrationField">
/// The column of the referenced integration table that equals the key, such as the ISO currency code.
/// </param>
public sealed record BlankReference(string LocalTable, string LocalField, string IntegrationField);
