namespace Dataverse.Sync;

/// <summary>What a blank local reference stands for: the integration record whose field equals a value kept in a one-row local table.</summary>
/// <param name="LocalTable">The local table of one row, such as the company information.</param>
/// <param name="LocalField">Its field, such as the code of the local currency.</param>
/// <param name="IntegrationField">The field of the referred integration table that must equal it, such as the ISO currency code.</param>
public sealed record BlankReference(string LocalTable, string LocalField, string IntegrationField);
