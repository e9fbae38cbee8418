namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>Accepts accounts and forgets them. Its answers name the ids alone, as bulk messages of Dataverse do.</summary>
internal sealed class AccountSink : ITableConnector
{
    private readonly TableSchema schema = Customers.SchemaOf(SyncSide.Integration);

    public string Name => "Account sink";

    public string Identity => "sink";

    public Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken) => Task.FromResult(table == schema.Name ? schema : null);

    public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var answers = new WriteResult[batch.Operations.Count];
        for (var index = 0; index < answers.Length; index++)
        {
            answers[index] = new() { Status = WriteStatus.Applied, Id = batch.Operations[index].Id };
        }

        return Task.FromResult<IReadOnlyList<WriteResult>>(answers);
    }

    public IAsyncEnumerable<ChangePage> ReadChangesAsync(ChangeQuery query, CancellationToken cancellationToken) => throw NotNeeded();

    public Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken) => throw NotNeeded();

    public Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken) => throw NotNeeded();

    public IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(string table, CancellationToken cancellationToken) => throw NotNeeded();

    private static NotSupportedException NotNeeded() => new("A run in one direction only creates accounts.");
}
