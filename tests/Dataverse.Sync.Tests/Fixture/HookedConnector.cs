namespace Dataverse.Sync.Tests.Fixture;

/// <summary>A connector whose writes, reads by id, and schemas a test changes on the way.</summary>
internal sealed class HookedConnector(ITableConnector inner) : ITableConnector
{
    /// <summary>Replaces a write. The second argument sends a batch to the system.</summary>
    public Func<WriteBatch, Func<WriteBatch, Task<IReadOnlyList<WriteResult>>>, Task<IReadOnlyList<WriteResult>>>? OnWrite { get; set; }

    /// <summary>Whether a read by id returns a record.</summary>
    public Func<TableRecord, bool>? Returns { get; set; }

    /// <summary>Changes a schema as the system returns it.</summary>
    public Func<TableSchema, TableSchema>? OnSchema { get; set; }

    /// <summary>The number of schemas that were read.</summary>
    public int SchemasRead { get; private set; }

    /// <summary>The number of records that were read by id.</summary>
    public int RecordsRead { get; private set; }

    public List<WriteBatch> Batches { get; } = [];

    public string Name => inner.Name;

    public string Identity => inner.Identity;

    public async Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken)
    {
        SchemasRead++;
        var schema = await inner.GetSchemaAsync(table, cancellationToken);
        return schema is null || OnSchema is null ? schema : OnSchema(schema);
    }

    /// <summary>Runs before a feed is read; it may throw.</summary>
    public Action<ChangeQuery>? OnRead { get; set; }

    public IAsyncEnumerable<ChangePage> ReadChangesAsync(ChangeQuery query, CancellationToken cancellationToken)
    {
        OnRead?.Invoke(query);
        return inner.ReadChangesAsync(query, cancellationToken);
    }

    public async Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        var records = await inner.ReadByIdAsync(query, cancellationToken);
        RecordsRead += records.Count;
        return [.. records.Where(record => Returns?.Invoke(record) != false)];
    }

    public Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken) =>
        inner.FindAsync(query, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(string table, CancellationToken cancellationToken) =>
        inner.ReadKeysAsync(table, cancellationToken);

    public Task<IReadOnlyList<DeletionCascade>> GetCascadesAsync(string table, CancellationToken cancellationToken) =>
        inner.GetCascadesAsync(table, cancellationToken);

    public Task<IReadOnlyDictionary<Guid, RecordPresence>> ProbeAsync(
        string table, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        inner.ProbeAsync(table, ids, cancellationToken);

    public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        Batches.Add(batch);
        return OnWrite is null
            ? inner.WriteAsync(batch, cancellationToken)
            : OnWrite(batch, sent => inner.WriteAsync(sent, cancellationToken));
    }
}
