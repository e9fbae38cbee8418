namespace Dataverse.Sync.Testing;

/// <summary>A row before it is written, as a plug-in would see it.</summary>
/// <param name="Kind">The kind of write.</param>
/// <param name="Table">The logical name of the table.</param>
/// <param name="Before">The stored row; <see langword="null"/> for a create.</param>
/// <param name="After">
/// The row as it would be stored, including computed columns; <see langword="null"/> for a delete.
/// </param>
public sealed record DataverseWrite(DataverseWriteKind Kind, string Table, DataverseRow? Before, DataverseRow? After)
{
    /// <summary>The primary key of the row.</summary>
    public Guid Id => (After ?? Before)!.Id;
}
