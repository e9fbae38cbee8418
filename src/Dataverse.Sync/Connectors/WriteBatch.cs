namespace Dataverse.Sync;

/// <summary>A batch of writes to one table.</summary>
/// <param name="Table">The table to write.</param>
/// <param name="Operations">The writes, at most one per record. Their order has no meaning.</param>
public sealed record WriteBatch(string Table, IReadOnlyList<WriteOperation> Operations)
{
    /// <summary>
    /// The time by which the last request with an insert, a deletion, or another operation that must not be repeated leaves,
    /// or null for no limit.
    /// </summary>
    /// <remarks>
    /// A connector sends no such operation after this time and answers <see cref="WriteStatus.Transient"/> instead. The
    /// recovery of an uncertain insert counts its window from this time.
    /// </remarks>
    public DateTimeOffset? SendBefore { get; init; }

    /// <summary>
    /// The clock by which <see cref="SendBefore"/> was computed, or null for the connector's own. The engine passes its
    /// own clock, so that a connector with another one sends nothing too late and refuses nothing too early.
    /// </summary>
    public TimeProvider? Clock { get; init; }
}
