using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Execution;

/// <summary>
/// A connector that reads through another, applies the writes of a preview to the records it reads, and writes nothing.
/// </summary>
internal sealed class PreviewConnector(
    ITableConnector inner, SyncSide side, CompiledMapping mapping, PreviewRecorder recorder) : ITableConnector
{
    private readonly PretendedWrites pretended = recorder.On(side);
    private readonly NewRecords created = new(mapping, side);

    public string Name => inner.Name;

    public string Identity => inner.Identity;

    public Task<SystemIdentity?> IdentifyAsync(CancellationToken cancellationToken) =>
        inner.IdentifyAsync(cancellationToken);

    public Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken) =>
        inner.GetSchemaAsync(table, cancellationToken);

    public async IAsyncEnumerable<ChangePage> ReadChangesAsync(
        ChangeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in inner.ReadChangesAsync(query, cancellationToken).ConfigureAwait(false))
        {
            yield return page with { Records = pretended.Over(page.Records) };
        }
    }

    public async Task<IReadOnlyList<TableRecord>> ReadByIdAsync(
        RecordQuery query, CancellationToken cancellationToken)
    {
        var existing = pretended.Over(await inner.ReadByIdAsync(query, cancellationToken).ConfigureAwait(false));
        return [.. existing, .. pretended.CreatedOf(query)];
    }

    public async Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken)
    {
        var existing = pretended.Over(await inner.FindAsync(query, cancellationToken).ConfigureAwait(false));
        return [.. existing, .. pretended.CreatedOf(query)];
    }

    public async IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(
        string table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var keys in inner.ReadKeysAsync(table, cancellationToken).ConfigureAwait(false))
        {
            yield return pretended.Over(keys);
        }
    }

    public Task<IReadOnlyDictionary<Guid, RecordPresence>> ProbeAsync(
        string table, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        inner.ProbeAsync(table, ids, cancellationToken);

    public Task<IReadOnlyList<DeletionCascade>> GetCascadesAsync(string table, CancellationToken cancellationToken) =>
        inner.GetCascadesAsync(table, cancellationToken);

    public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<WriteResult>>(
            [.. batch.Operations.Select(operation => Pretend(batch.Table, operation))]);

    private WriteResult Pretend(string table, WriteOperation operation)
    {
        var result = recorder.Record(mapping.Name, side, table, operation);
        if (created.Find(table, operation, result.Id) is not { } numbered)
        {
            return result;
        }

        pretended.Set(result.Id, mapping.Schema(side).BusinessKeyField!, PreviewRecorder.Placeholder);
        return result with { Record = numbered };
    }
}
