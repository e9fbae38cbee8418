namespace Dataverse.Sync.Execution;

/// <summary>Reads and writes the two tables of a mapping, with the fields that the steps need.</summary>
internal sealed class MappingTables(
    CompiledMapping mapping, Sides<ITableConnector> systems, int? pageSize, TimeProvider clock)
{
    // Limits the size of one read by id where the number of ids follows from the number of couplings.
    private const int ChunkSize = 1000;

    /// <summary>The two systems, for reading other tables.</summary>
    public Sides<ITableConnector> Systems => systems;

    /// <summary>Reads the changes of a side since a checkpoint, or the whole table.</summary>
    /// <param name="side">The side.</param>
    /// <param name="since">The checkpoint, or null to read the whole table.</param>
    /// <param name="fields">The fields to read, or null for every field that the steps need.</param>
    /// <param name="isFiltered">Whether the system may leave out records that the mapping's filter excludes.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public IAsyncEnumerable<ChangePage> ReadChangesAsync(
        SyncSide side,
        Checkpoint? since,
        IReadOnlyList<string>? fields,
        bool isFiltered,
        CancellationToken cancellationToken)
    {
        var query = new ChangeQuery
        {
            Table = mapping.Schema(side).Name,
            Fields = fields ?? mapping.ReadFields(side),
            Since = since,
            Filter = isFiltered ? mapping.FeedFilter(side) : null,
            PageSize = pageSize,
        };
        return systems[side].ReadChangesAsync(query, cancellationToken);
    }

    /// <summary>Reads the whole table of a side, except what a filter of its own excludes.</summary>
    public IAsyncEnumerable<ChangePage> ReadAllAsync(
        SyncSide side, IReadOnlyList<string> fields, RecordFilter? filter, CancellationToken cancellationToken) =>
        ReadAllAsync(side, fields, filter, pageSize, cancellationToken);

    /// <summary>Whether the table of a side has no records.</summary>
    public async Task<bool> IsEmptyAsync(SyncSide side, CancellationToken cancellationToken)
    {
        var pages = ReadAllAsync(side, [], filter: null, size: 1, cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            if (page.Records.Count > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads records by id. The result lacks records that the system does not return.</summary>
    public async Task<Dictionary<Guid, TableRecord>> ReadAsync(
        SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var query = new RecordQuery { Table = mapping.Schema(side).Name, Fields = mapping.ReadFields(side), Ids = ids };
        var records = await systems[side].ReadByIdAsync(query, cancellationToken).ConfigureAwait(false);
        return ByWantedId(records, ids);
    }

    /// <summary>Reads any number of records by id, in chunks. A record that the responses lack is absent.</summary>
    public async Task<Dictionary<Guid, TableRecord>> ReadAllAsync(
        SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var all = new Dictionary<Guid, TableRecord>();
        foreach (var chunk in ids.Chunk(ChunkSize))
        {
            foreach (var (id, record) in await ReadAsync(side, chunk, cancellationToken).ConfigureAwait(false))
            {
                all[id] = record;
            }
        }

        return all;
    }

    private IAsyncEnumerable<ChangePage> ReadAllAsync(
        SyncSide side,
        IReadOnlyList<string> fields,
        RecordFilter? filter,
        int? size,
        CancellationToken cancellationToken)
    {
        var query = new ChangeQuery
        {
            Table = mapping.Schema(side).Name,
            Fields = fields,
            Filter = filter,
            PageSize = size,
        };
        return systems[side].ReadChangesAsync(query, cancellationToken);
    }

    /// <summary>Lists the ids and versions of all records of a side, page by page.</summary>
    public IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(
        SyncSide side, CancellationToken cancellationToken) =>
        systems[side].ReadKeysAsync(mapping.Schema(side).Name, cancellationToken);

    /// <summary>Finds out whether records that no list contains are gone, or only hidden.</summary>
    public Task<IReadOnlyDictionary<Guid, RecordPresence>> ProbeAsync(
        SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        systems[side].ProbeAsync(mapping.Schema(side).Name, ids, cancellationToken);

    /// <summary>Finds the records of a side whose field has one of the values.</summary>
    public Task<IReadOnlyList<TableRecord>> FindAsync(
        SyncSide side,
        string field,
        IReadOnlyCollection<FieldValue> values,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken)
    {
        var query = new FieldQuery
        {
            Table = mapping.Schema(side).Name,
            Fields = fields,
            Field = field,
            Values = values,
        };
        return systems[side].FindAsync(query, cancellationToken);
    }

    /// <summary>Sends writes to a side.</summary>
    /// <param name="side">The side.</param>
    /// <param name="operations">The writes.</param>
    /// <param name="sendBefore">The time by which a write that must not be repeated leaves.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>One result per operation, in the same order.</returns>
    /// <exception cref="ConnectorException">Not every write received a response.</exception>
    public async Task<IReadOnlyList<WriteResult>> WriteAsync(
        SyncSide side,
        IReadOnlyList<WriteOperation> operations,
        DateTimeOffset? sendBefore,
        CancellationToken cancellationToken)
    {
        var batch = new WriteBatch(mapping.Schema(side).Name, operations)
        {
            SendBefore = sendBefore,
            Clock = clock,
        };
        var results = await systems[side].WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        return WriteAnswers.Check(systems[side].Name, operations, results);
    }

    // A system may return a record twice; its last state counts. A record that nobody asked for is none of this read.
    private static Dictionary<Guid, TableRecord> ByWantedId(
        IReadOnlyList<TableRecord> records, IReadOnlyCollection<Guid> ids)
    {
        var wanted = ids as IReadOnlySet<Guid> ?? ids.ToHashSet();
        var found = new Dictionary<Guid, TableRecord>(records.Count);
        foreach (var record in records)
        {
            if (wanted.Contains(record.Id))
            {
                found[record.Id] = record;
            }
        }

        return found;
    }
}
