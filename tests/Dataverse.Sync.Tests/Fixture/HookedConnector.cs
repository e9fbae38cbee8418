namespace Dataverse.Sync.Tests.Fixture;

/// <summary>A connector whose writes, reads by id, and schemas a test changes on the way.</summary>
internal sealed class HookedConnector(ITableConnector inner) : ForwardingConnector(inner)
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

    public override async Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken)
    {
        SchemasRead++;
        var schema = await Inner.GetSchemaAsync(table, cancellationToken);
        return schema is null || OnSchema is null ? schema : OnSchema(schema);
    }

    /// <summary>Runs before a feed is read; it may throw.</summary>
    public Action<ChangeQuery>? OnRead { get; set; }

    public override IAsyncEnumerable<ChangePage> ReadChangesAsync(ChangeQuery query, CancellationToken cancellationToken)
    {
        OnRead?.Invoke(query);
        return Inner.ReadChangesAsync(query, cancellationToken);
    }

    public override async Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        var records = await Inner.ReadByIdAsync(query, cancellationToken);
        RecordsRead += records.Count;
        return [.. records.Where(record => Returns?.Invoke(record) != false)];
    }

    public override Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        Batches.Add(batch);
        return OnWrite is null
            ? Inner.WriteAsync(batch, cancellationToken)
            : OnWrite(batch, sent => Inner.WriteAsync(sent, cancellationToken));
    }
}
