namespace Dataverse.Sync;

/// <summary>One system whose tables are synchronized: reads schemas, changes, and records; writes batches.</summary>
/// <remarks>
/// <para>The engine states what must be true; the connector chooses the wire form (which bulk message, which filter, how many
/// requests) and retries what is safe to retry. It holds no state of a run: every position comes in with the query.</para>
/// <para>Implementations are safe for concurrent calls. An answer that is incomplete or malformed throws
/// <see cref="ConnectorException"/>; a connector never returns part of an answer as if it were all of it.</para>
/// </remarks>
public interface ITableConnector
{
    /// <summary>The name of the system for people, such as "Business Central".</summary>
    string Name { get; }

    /// <summary>What distinguishes this system's records from those of every other one: host, environment, company. Part of the default <see cref="SyncScope"/>.</summary>
    string Identity { get; }

    /// <summary>Reads what is known of a table.</summary>
    /// <param name="table">The table's name on this side.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The schema, or null when the system has no such table.</returns>
    Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken);

    /// <summary>Reads the records changed since a checkpoint, or all of them when there is none.</summary>
    /// <remarks>
    /// Delivery is at least once: a record may come again, in this feed or in the next. A checkpoint that the system no longer
    /// honours leads to a feed of the whole table, marked by <see cref="ChangePage.Coverage"/>; nothing is skipped silently.
    /// </remarks>
    IAsyncEnumerable<ChangePage> ReadChangesAsync(ChangeQuery query, CancellationToken cancellationToken);

    /// <summary>Reads records by id, in any order, each id once; a record that does not exist (any more) is absent from the answer.</summary>
    Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken);

    /// <summary>Finds the records whose field holds one of the values; texts are compared without regard to letter case.</summary>
    Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken);

    /// <summary>Lists the ids of all records of a table, whatever their fields hold.</summary>
    /// <remarks>The sequence ends normally only when every id was listed. A record that exists during the whole scan is in it.</remarks>
    IAsyncEnumerable<IReadOnlyList<Guid>> ReadKeysAsync(string table, CancellationToken cancellationToken);

    /// <summary>Performs a batch of writes to one table and answers each.</summary>
    /// <remarks>
    /// <para>The answer has one result per operation, in their order. A refused operation does not hold back the others.</para>
    /// <para>The connector may repeat an operation after a lost answer only where a repetition is recognized: an insert with a chosen
    /// id, an update or deletion with an expected version. Otherwise it answers <see cref="WriteStatus.Unknown"/>.</para>
    /// </remarks>
    Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken);
}
