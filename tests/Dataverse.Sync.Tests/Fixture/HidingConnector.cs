namespace Dataverse.Sync.Tests.Fixture;

/// <summary>
/// A system that does not return a record by its id although it exists, as after a lost permission or from a lagging replica.
/// </summary>
internal sealed class HidingConnector(ITableConnector inner) : ITableConnector
{
    public Guid? Hides { get; set; }

    public string Name => inner.Name;

    public string Identity => inner.Identity;

    public Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken) =>
        inner.GetSchemaAsync(table, cancellationToken);

    public IAsyncEnumerable<ChangePage> ReadChangesAsync(ChangeQuery query, CancellationToken cancellationToken) =>
        inner.ReadChangesAsync(query, cancellationToken);

    public async Task<IReadOnlyList<TableRecord>> ReadByIdAsync(
        RecordQuery query,
        CancellationToken cancellationToken) =>
        [.. (await inner.ReadByIdAsync(query, cancellationToken)).Where(record => record.Id != Hides)];

    public Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken) =>
        inner.FindAsync(query, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(string table, CancellationToken cancellationToken) =>
        inner.ReadKeysAsync(table, cancellationToken);

    public Task<IReadOnlyList<DeletionCascade>> GetCascadesAsync(string table, CancellationToken cancellationToken) =>
        inner.GetCascadesAsync(table, cancellationToken);

    public Task<IReadOnlyDictionary<Guid, RecordPresence>> ProbeAsync(
        string table, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        inner.ProbeAsync(table, ids, cancellationToken);

    public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken) =>
        inner.WriteAsync(batch, cancellationToken);
}
