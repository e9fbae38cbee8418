namespace Dataverse.Sync;

/// <summary>A batch of writes to one table.</summary>
/// <param name="Table">The table to write.</param>
/// <param name="Operations">The writes, at most one per record. Their order has no meaning.</param>
public sealed record WriteBatch(string Table, IReadOnlyList<WriteOperation> Operations);
