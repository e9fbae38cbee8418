namespace Dataverse.Sync.Tests.Fixture;

/// <summary>A system that fills fields of a new record which the caller did not send, as from a template.</summary>
internal sealed class DefaultingConnector(ITableConnector inner, string table, params IReadOnlyList<FieldWrite> defaults)
    : ITableConnector
{
    public string Name => inner.Name;

    public string Identity => inner.Identity;

    public Task<TableSchema?> GetSchemaAsync(string name, CancellationToken cancellationToken) =>
        inner.GetSchemaAsync(name, cancellationToken);

    public IAsyncEnumerable<ChangePage> ReadChangesAsync(ChangeQuery query, CancellationToken cancellationToken) =>
        inner.ReadChangesAsync(query, cancellationToken);

    public Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken) =>
        inner.ReadByIdAsync(query, cancellationToken);

    public Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken) =>
        inner.FindAsync(query, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(string name, CancellationToken cancellationToken) =>
        inner.ReadKeysAsync(name, cancellationToken);

    public Task<IReadOnlyList<DeletionCascade>> GetCascadesAsync(string table, CancellationToken cancellationToken) =>
        inner.GetCascadesAsync(table, cancellationToken);

    public Task<IReadOnlyDictionary<Guid, RecordPresence>> ProbeAsync(
        string name, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        inner.ProbeAsync(name, ids, cancellationToken);

    public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken) =>
        inner.WriteAsync(batch with { Operations = [.. batch.Operations.Select(operation => Fill(batch.Table, operation))] }, cancellationToken);

    private WriteOperation Fill(string name, WriteOperation operation) => name != table || operation.Kind != WriteKind.Insert
        ? operation
        : operation with
        {
            Fields =
            [
                .. operation.Fields,
                .. defaults.Where(value => operation.Fields.All(sent => sent.Field != value.Field)),
            ],
        };
}
