namespace Dataverse.Sync;

/// <summary>Writes to one table that may travel together; each record occurs at most once.</summary>
/// <param name="Table">The table to write to.</param>
/// <param name="Operations">The writes; their order has no meaning.</param>
public sealed record WriteBatch(string Table, IReadOnlyList<WriteOperation> Operations);
