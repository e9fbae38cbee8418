using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Tests.Fixture;

/// <summary>
/// A connector that somebody wrote by hand: its schema tells types and lengths alone, and its records may have no versions.
/// </summary>
internal sealed class ForeignConnector(ITableConnector inner, bool hasVersions) : ITableConnector
{
    public string Name => inner.Name;

    public string Identity => inner.Identity;

    public async Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken)
    {
        var schema = await inner.GetSchemaAsync(table, cancellationToken);
        return schema is null ? null : schema with { Fields = [.. schema.Fields.Select(WithoutFacts)] };
    }

    public async IAsyncEnumerable<ChangePage> ReadChangesAsync(
        ChangeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in inner.ReadChangesAsync(query, cancellationToken))
        {
            yield return page with { Records = [.. page.Records.Select(Shown)] };
        }
    }

    public async Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken) =>
        [.. (await inner.ReadByIdAsync(query, cancellationToken)).Select(Shown)];

    public async Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken) =>
        [.. (await inner.FindAsync(query, cancellationToken)).Select(Shown)];

    public async IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(
        string table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in inner.ReadKeysAsync(table, cancellationToken))
        {
            yield return hasVersions ? page : [.. page.Select(record => record with { Version = null })];
        }
    }

    public async Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var operations = hasVersions
            ? batch.Operations
            : [.. batch.Operations.Select(operation => operation with { ExpectedVersion = null })];
        var results = await inner.WriteAsync(batch with { Operations = operations }, cancellationToken);
        return hasVersions ? results : [.. results.Select(result => result with { Version = null, Record = result.Record is { } record ? Shown(record) : null })];
    }

    private static FieldSchema WithoutFacts(FieldSchema field) => field with
    {
        Scale = null,
        ScaleByReference = null,
        TimeResolution = null,
        TextNormalization = TextNormalization.None,
    };

    private TableRecord Shown(TableRecord record) =>
        hasVersions ? record : new(record.Layout, record.Id, record.Values.ToArray(), version: null, record.ModifiedOn);
}
