namespace Dataverse.Sync.Execution;

/// <summary>A connector that reads through another one and refuses to write.</summary>
internal sealed class ReadOnlyConnector(ITableConnector inner) : ITableConnector
{
    public string Name => inner.Name;

    public string Identity => inner.Identity;

    public Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken) =>
        inner.GetSchemaAsync(table, cancellationToken);

    public IAsyncEnumerable<ChangePage> ReadChangesAsync(ChangeQuery query, CancellationToken cancellationToken) =>
        inner.ReadChangesAsync(query, cancellationToken);

    public Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken) =>
        inner.ReadByIdAsync(query, cancellationToken);

    public Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken) =>
        inner.FindAsync(query, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(
        string table, CancellationToken cancellationToken) => inner.ReadKeysAsync(table, cancellationToken);

    public Task<IReadOnlyDictionary<Guid, RecordPresence>> ProbeAsync(
        string table, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        inner.ProbeAsync(table, ids, cancellationToken);

    public Task<IReadOnlyList<DiagnosisFinding>> DiagnoseAsync(
        DiagnosisQuery query, CancellationToken cancellationToken) => inner.DiagnoseAsync(query, cancellationToken);

    public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A diagnosis writes nothing.");
}
