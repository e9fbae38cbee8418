namespace Dataverse.Sync;

/// <summary>Connects the engine to one system: reads schemas, changes, and records, and writes batches.</summary>
/// <remarks>
/// <para>The engine says what must be true, and the connector chooses how: which bulk message or filter to use, how
/// many requests to send, and which of them are safe to repeat. A connector keeps no state of a run; every position is
/// part of a query.</para>
/// <para>Implementations must be safe for concurrent use. They throw <see cref="ConnectorException"/> for a response
/// that is incomplete or malformed and must never return a part of it as if it were complete. The conformance suite in
/// <c>tests/Dataverse.Sync.Conformance</c> checks what is stated here.</para>
/// </remarks>
public interface ITableConnector
{
    /// <summary>The name of the system for people, such as "Business Central".</summary>
    string Name { get; }

    /// <summary>
    /// Distinguishes the records of this system from those of every other one, such as by host, environment, and
    /// company.
    /// </summary>
    /// <remarks>Must never change for the same system: it is part of the default <see cref="SyncScope"/>.</remarks>
    string Identity { get; }

    /// <summary>
    /// For how long the connector will send nothing, because the service asked for a pause; zero if it did not.
    /// </summary>
    /// <remarks>Sends no request. The default implementation returns zero.</remarks>
    TimeSpan PausedFor => TimeSpan.Zero;

    /// <summary>Asks the service which system is behind its address.</summary>
    /// <remarks>
    /// The engine asks after it has read the schemas, so a connector may answer with what it learned meanwhile. A
    /// connector that passes calls on to another one passes on this one too. The default implementation answers null:
    /// <see cref="Identity"/> alone then distinguishes the system.
    /// </remarks>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The identity, or null if the service tells none.</returns>
    /// <exception cref="ConnectorException">The service did not answer.</exception>
    Task<SystemIdentity?> IdentifyAsync(CancellationToken cancellationToken) => Task.FromResult<SystemIdentity?>(null);

    /// <summary>Reads the schema of a table.</summary>
    /// <remarks>
    /// The engine keeps the schema. It asks for the same table again when the schema may have changed, for example after
    /// <see cref="WriteResult.ContradictsSchema"/>. So a connector that keeps definitions reads a table again when it is
    /// asked for that table a second time.
    /// </remarks>
    /// <param name="table">The name of the table.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The schema, or null if the system has no such table.</returns>
    /// <exception cref="ConnectorException">The schema cannot be read.</exception>
    Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken);

    /// <summary>Reads the records that changed since a checkpoint, or all records if there is no checkpoint.</summary>
    /// <remarks>
    /// Delivery is at least once: a record may be repeated in the same feed or in the next. A record that changes while
    /// the feed is read is in this feed or in the next. If the system no longer accepts the checkpoint, the feed
    /// contains the whole table, stated by <see cref="ChangePage.Coverage"/>; changes are never skipped silently.
    /// </remarks>
    /// <param name="query">The table, the fields, and the position.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>
    /// The pages of the feed. At least one, even if nothing changed, because the last page has the next checkpoint.
    /// </returns>
    /// <exception cref="ConnectorException">The changes cannot be read completely.</exception>
    IAsyncEnumerable<ChangePage> ReadChangesAsync(ChangeQuery query, CancellationToken cancellationToken);

    /// <summary>Reads records by id.</summary>
    /// <param name="query">The table, the fields, and the ids.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The records that exist, each once and in any order.</returns>
    /// <exception cref="ConnectorException">The records cannot be read.</exception>
    Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Finds the records in which a field has one of several values. Texts are compared without regard to letter case.
    /// </summary>
    /// <param name="query">The table, the fields, and the values.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The records, each once and in any order.</returns>
    /// <exception cref="ConnectorException">The records cannot be read.</exception>
    Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken);

    /// <summary>Lists the ids and versions of all records of a table, whatever their fields contain.</summary>
    /// <remarks>
    /// The engine uses the list to detect deletions, and changes that no feed delivered. It must contain every record
    /// that exists during the whole enumeration, with a version that it had meanwhile, and the enumeration must end
    /// normally only when it is complete. A version equals the <see cref="TableRecord.Version"/> of the same state.
    /// </remarks>
    /// <param name="table">The name of the table.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The ids and versions in pages.</returns>
    /// <exception cref="ConnectorException">The ids cannot be read completely.</exception>
    IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(string table, CancellationToken cancellationToken);

    /// <summary>Finds out whether records that no list contains are gone, or only hidden from the caller.</summary>
    /// <remarks>
    /// The engine asks before it deletes, creates again, or uncouples the partners of records that disappeared from the
    /// lists. A system that does not tell the difference answers <see cref="RecordPresence.Gone"/> for every record,
    /// without a request, as the default implementation does. A connector that passes calls on to another one passes on
    /// this one too.
    /// </remarks>
    /// <param name="table">The name of the table.</param>
    /// <param name="ids">The ids of the records.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The presence of each record.</returns>
    /// <exception cref="ConnectorException">The system did not answer for every record.</exception>
    Task<IReadOnlyDictionary<Guid, RecordPresence>> ProbeAsync(
        string table, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return Task.FromResult<IReadOnlyDictionary<Guid, RecordPresence>>(
            ids.Distinct().ToDictionary(id => id, _ => RecordPresence.Gone));
    }

    /// <summary>
    /// Reads the relationships by which the system deletes further records when a record of a table is deleted.
    /// </summary>
    /// <remarks>
    /// The engine asks once, before it deletes from the table for the first time. A system without such relationships
    /// answers none, without a request, as the default implementation does. A connector that passes calls on to another
    /// one passes on this one too.
    /// </remarks>
    /// <param name="table">The name of the table.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The relationships.</returns>
    /// <exception cref="ConnectorException">The relationships cannot be read.</exception>
    Task<IReadOnlyList<DeletionCascade>> GetCascadesAsync(string table, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DeletionCascade>>([]);

    /// <summary>
    /// Checks what only the system itself can tell about a set-up: rights, secured columns, change tracking, its clock, and
    /// the connector's own settings.
    /// </summary>
    /// <remarks>
    /// It changes nothing in the system. A check that the system refuses is a finding, not an exception. The default
    /// implementation finds nothing. A connector that passes calls on to another one passes on this one too.
    /// </remarks>
    /// <param name="query">The tables and fields that the mappings use.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The findings.</returns>
    /// <exception cref="ConnectorException">The system does not answer.</exception>
    Task<IReadOnlyList<DiagnosisFinding>> DiagnoseAsync(DiagnosisQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DiagnosisFinding>>([]);

    /// <summary>Writes a batch of records to one table.</summary>
    /// <remarks>
    /// The failure of one operation does not affect the others. After a lost response the connector may repeat an
    /// operation only if the system recognizes the repetition: an insert with a chosen id, or an update or deletion
    /// with an expected version. For every other operation it returns <see cref="WriteStatus.Unknown"/>.
    /// <para>
    /// An operation is <see cref="WriteStatus.Applied"/> only if all of it is done. A connector that needs several
    /// requests for one operation sends them as one transaction if the system has one. Without a transaction, an
    /// operation of which only a part may be done is <see cref="WriteStatus.Unknown"/>, never
    /// <see cref="WriteStatus.Transient"/>: for an insert, the latter would create a second record.
    /// </para>
    /// <para>
    /// An insert with a chosen id that the system refuses because the id exists has met its own work: something on the
    /// way, such as a gateway, may have sent the request twice. The connector reads the record. If it holds the written
    /// values, the insert is <see cref="WriteStatus.Applied"/>, with the record. Otherwise the connector answers
    /// <see cref="WriteStatus.AlreadyExists"/>, and the engine reads the record and couples it.
    /// </para>
    /// <para>
    /// No request with an insert, or with an operation that the system does not recognize when it is repeated, leaves after
    /// <see cref="WriteBatch.SendBefore"/>. A late insert, also one with a chosen id, would create a record again that was
    /// deleted meanwhile. The connector checks its clock immediately before each request, after every
    /// pause, and answers <see cref="WriteStatus.Transient"/> instead. The engine and its connectors use one clock.
    /// </para>
    /// </remarks>
    /// <param name="batch">The table and the operations.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>One result per operation, in the order of the operations.</returns>
    /// <exception cref="ConnectorException">
    /// The batch was not completed. Operations of it may have been applied; the recovery of the next run finds out
    /// which.
    /// </exception>
    Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken);
}
