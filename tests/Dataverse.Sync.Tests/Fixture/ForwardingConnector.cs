namespace Dataverse.Sync.Tests.Fixture;

/// <summary>A connector that passes every call on to another one. A derived class changes what it is about.</summary>
internal abstract class ForwardingConnector(ITableConnector inner) : ITableConnector
{
    public string Name => inner.Name;

    public string Identity => inner.Identity;

    protected ITableConnector Inner => inner;

    public virtual Task<SystemIdentity?> IdentifyAsync(CancellationToken cancellationToken) => inner.IdentifyAsync(cancellationToken);

    public virtual Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken) =>
        inner.GetSchemaAsync(table, cancellationToken);

    public virtual IAsyncEnumerable<ChangePage> ReadChangesAsync(ChangeQuery query, CancellationToken cancellationToken) =>
        inner.ReadChangesAsync(query, cancellationToken);

    public virtual Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken) =>
        inner.ReadByIdAsync(query, cancellationToken);

    public virtual Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken) =>
        inner.FindAsync(query, cancellationToken);

    public virtual IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(string table, CancellationToken cancellationToken) =>
        inner.ReadKeysAsync(table, cancellationToken);

    public virtual Task<IReadOnlyList<DeletionCascade>> GetCascadesAsync(string table, CancellationToken cancellationToken) =>
        inner.GetCascadesAsync(table, cancellationToken);

    public virtual Task<IReadOnlyDictionary<Guid, RecordPresence>> ProbeAsync(
        string table, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        inner.ProbeAsync(table, ids, cancellationToken);

    public virtual Task<IReadOnlyList<DiagnosisFinding>> DiagnoseAsync(DiagnosisQuery query, CancellationToken cancellationToken) =>
        inner.DiagnoseAsync(query, cancellationToken);

    public virtual Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken) =>
        inner.WriteAsync(batch, cancellationToken);
}
