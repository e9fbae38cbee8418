using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Tests.Fixture;

/// <summary>A connector as somebody else may write it: it repeats records, changes them, and is lax about results.</summary>
internal sealed class CarelessConnector(ITableConnector inner) : ITableConnector
{
    /// <summary>Whether every record and key is returned twice.</summary>
    public bool Repeats { get; set; }

    /// <summary>Changes a record as it is read.</summary>
    public Func<TableRecord, TableRecord>? Change { get; set; }

    /// <summary>Changes the result of a write.</summary>
    public Func<WriteOperation, WriteResult, WriteResult?>? Answer { get; set; }

    public string Name => inner.Name;

    public string Identity => inner.Identity;

    public Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken) =>
        inner.GetSchemaAsync(table, cancellationToken);

    public async IAsyncEnumerable<ChangePage> ReadChangesAsync(
        ChangeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in inner.ReadChangesAsync(query, cancellationToken))
        {
            yield return page with { Records = Read(page.Records) };
        }
    }

    public async Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken) =>
        Read(await inner.ReadByIdAsync(query, cancellationToken));

    public async Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken) =>
        Read(await inner.FindAsync(query, cancellationToken));

    public async IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(
        string table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in inner.ReadKeysAsync(table, cancellationToken))
        {
            yield return Repeats ? [.. page, .. page] : page;
        }
    }

    public async Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var results = await inner.WriteAsync(batch, cancellationToken);
        return Answer is null ? results : [.. batch.Operations.Zip(results, Answer)!];
    }

    private IReadOnlyList<TableRecord> Read(IReadOnlyList<TableRecord> records)
    {
        List<TableRecord> read = Change is null ? [.. records] : [.. records.Select(Change)];
        return Repeats ? [.. read, .. read] : read;
    }
}
