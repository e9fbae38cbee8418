namespace Dataverse.Sync.Testing;

/// <summary>One row about to be written, as a plug-in would see it.</summary>
/// <param name="Kind">What happens to the row.</param>
/// <param name="Table">Logical name.</param>
/// <param name="Before">The stored row; null on create.</param>
/// <param name="After">The row as it would be stored, computed columns included; null on delete.</param>
public sealed record DataverseWrite(DataverseWriteKind Kind, string Table, DataverseRow? Before, DataverseRow? After)
{
    /// <summary>Primary key of the row.</summary>
    public Guid Id => (After ?? Before)!.Id;
}
