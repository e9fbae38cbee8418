namespace Dataverse.Sync.Execution;

/// <summary>A connector that reads from the real one and writes nowhere.</summary>
internal sealed class PreviewConnector(ITableConnector inner, SyncSide side, string mapping, PreviewRecorder recorder) : ITableConnector
{
    public string Name => inner.Name;

    public string Identity => inner.Identity;

    public Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken) => inner.GetSchemaAsync(table, cancellationToken);

    public IAsyncEnumerable<ChangePage> ReadChangesAsync(ChangeQuery query, CancellationToken cancellationToken) => inner.ReadChangesAsync(query, cancellationToken);

    public Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken) => inner.ReadByIdAsync(query, cancellationToken);

    public Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken) => inner.FindAsync(query, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<Guid>> ReadKeysAsync(string table, CancellationToken cancellationToken) => inner.ReadKeysAsync(table, cancellationToken);

    public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<WriteResult>>([.. batch.Operations.Select(operation => recorder.Record(mapping, side, batch.Table, operation))]);
}
