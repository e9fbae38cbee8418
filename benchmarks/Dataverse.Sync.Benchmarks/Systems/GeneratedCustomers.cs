using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>
/// A company of customers that exist only while a page of them is read: each is made from its number when it is asked for, so that the memory
/// of a run is the engine's, however many there are.
/// </summary>
internal sealed class GeneratedCustomers(int count, int pageSize) : ITableConnector
{
    private readonly TableSchema schema = Customers.SchemaOf(SyncSide.Local);

    public string Name => "Generated customers";

    public string Identity => "generated/customers";

    public Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken) => Task.FromResult(table == schema.Name ? schema : null);

    public async IAsyncEnumerable<ChangePage> ReadChangesAsync(ChangeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var first = 0; first < count; first += pageSize)
        {
            // Made by the reader, not by the caller of the page before: the engine reads ahead, as it does from a service.
            await Task.Yield();
            var records = new TableRecord[Math.Min(pageSize, count - first)];
            for (var index = 0; index < records.Length; index++)
            {
                var number = first + index;
                records[index] = Customers.Make(SyncSide.Local, number, NumberedId.Of(SyncSide.Local, number), $"W/\"{number}\"");
            }

            yield return new() { Records = records, Coverage = ChangeCoverage.FilteredTable, Checkpoint = first + pageSize >= count ? new("1") : null };
        }
    }

    public Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken) => throw NotNeeded();

    public Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken) => throw NotNeeded();

    public IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(string table, CancellationToken cancellationToken) => throw NotNeeded();

    public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken) => throw NotNeeded();

    private static NotSupportedException NotNeeded() => new("A first full run only reads the customers.");
}
