using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>
/// An organization that is empty at first and remembers of an account that is created nothing but its id, 16 bytes; what else the account
/// holds follows from its number when it is read.
/// </summary>
internal sealed class GeneratedAccounts(int capacity, int pageSize) : ITableConnector
{
    private readonly TableSchema schema = Customers.SchemaOf(SyncSide.Integration);
    private readonly Guid[] ids = new Guid[capacity];
    private int count;

    /// <summary>The accounts that were created.</summary>
    public int Count => count;

    public string Name => "Generated accounts";

    public string Identity => "generated/accounts";

    public Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken) => Task.FromResult(table == schema.Name ? schema : null);

    public async IAsyncEnumerable<ChangePage> ReadChangesAsync(ChangeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var end = count;
        var first = 0;
        do
        {
            await Task.Yield();
            var records = new TableRecord[Math.Min(pageSize, end - first)];
            for (var index = 0; index < records.Length; index++)
            {
                records[index] = Customers.Make(SyncSide.Integration, first + index, ids[first + index], VersionOf(first + index));
            }

            first += records.Length;
            yield return new() { Records = records, Coverage = ChangeCoverage.WholeTable, Checkpoint = first == end ? new("1") : null };
        }
        while (first < end);
    }

    /// <summary>Creates accounts; like bulk messages of Dataverse it tells no versions.</summary>
    public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var answers = new WriteResult[batch.Operations.Count];
        for (var index = 0; index < answers.Length; index++)
        {
            var operation = batch.Operations[index];
            ids[Customers.NumberOf(operation)] = operation.Id;
            answers[index] = new() { Status = WriteStatus.Applied, Id = operation.Id };
        }

        count += answers.Length;
        return Task.FromResult<IReadOnlyList<WriteResult>>(answers);
    }

    public Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken) => throw NotNeeded();

    public Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken) => throw NotNeeded();

    public IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(string table, CancellationToken cancellationToken) => throw NotNeeded();

    private static string VersionOf(int number) => $"W/\"{number}\"";

    private static NotSupportedException NotNeeded() => new("A first full run creates accounts and reads them as changes.");
}
