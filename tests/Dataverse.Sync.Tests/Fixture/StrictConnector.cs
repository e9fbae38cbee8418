namespace Dataverse.Sync.Tests.Fixture;

/// <summary>A system that refuses to search for a text that its field cannot hold, as Business Central does.</summary>
internal sealed class StrictConnector(ITableConnector inner) : ITableConnector
{
    public string Name => inner.Name;

    public string Identity => inner.Identity;

    public Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken) =>
        inner.GetSchemaAsync(table, cancellationToken);

    public IAsyncEnumerable<ChangePage> ReadChangesAsync(ChangeQuery query, CancellationToken cancellationToken) =>
        inner.ReadChangesAsync(query, cancellationToken);

    public Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken) =>
        inner.ReadByIdAsync(query, cancellationToken);

    public async Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken)
    {
        var longest = (await inner.GetSchemaAsync(query.Table, cancellationToken))!.Find(query.Field)!.MaxLength;
        return query.Values?.Any(value => value.ToString().Length > longest) == true
            ? throw new ConnectorException(Name, ConnectorFailure.Refused, "The filter is not valid for the field.")
            : await inner.FindAsync(query, cancellationToken);
    }

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
