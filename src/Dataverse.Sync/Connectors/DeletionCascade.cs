namespace Dataverse.Sync;

/// <summary>
/// A relationship by which a system deletes the records of a table that refer to a record which is deleted.
/// </summary>
/// <param name="Table">The table of the records that are deleted as a consequence.</param>
/// <param name="Field">The field by which they refer to the deleted record.</param>
public sealed record DeletionCascade(string Table, string Field);
