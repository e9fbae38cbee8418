namespace Dataverse.Sync.Testing.Emulation;

/// <summary>What a transaction did to one row, as steps that are registered on the table see it.</summary>
/// <param name="Before">The row before the write; null for a new one.</param>
/// <param name="After">The row after it; null for a deleted one.</param>
/// <param name="Columns">The columns that the write named, changed or not.</param>
internal sealed record RowEvent(DataverseRow? Before, DataverseRow? After, IReadOnlyCollection<string> Columns)
{
    public DataverseRow Row => (After ?? Before)!;

    public string Message => Before is null ? "Create" : After is null ? "Delete" : "Update";
}
