using System.Globalization;
using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>
/// A table of customers whose records, pages' contents, and write answers all exist before anything is measured, so that time and allocations
/// of a run are the engine's: an answer here costs a few references.
/// </summary>
/// <remarks>
/// Every record exists in two states, which differ in version and telephone number. <see cref="EditAll"/> puts all records into the other
/// state, as does a write of a record. All records are in one state whenever a feed begins.
/// </remarks>
internal sealed class PreparedConnector : ITableConnector
{
    private readonly SyncSide side;
    private readonly TableSchema schema;
    private readonly int pageSize;
    private readonly TableRecord[][] records;
    private readonly WriteResult[][] results;
    private readonly Guid[] ids;
    private readonly byte[] states;
    private long edition = 1;

    public PreparedConnector(SyncSide side, int count, int pageSize)
    {
        (this.side, this.pageSize, schema, states) = (side, pageSize, Customers.SchemaOf(side), new byte[count]);
        ids = [.. Enumerable.Range(0, count).Select(number => NumberedId.Of(side, number))];
        records = [.. Enumerable.Range(0, 2).Select(state => ids.Select((id, number) => Make(number, id, state)).ToArray())];
        results = [.. records.Select(state => state.Select(record => new WriteResult { Status = WriteStatus.Applied, Id = record.Id, Version = record.Version }).ToArray())];
    }

    public string Name => side == SyncSide.Local ? "Prepared customers" : "Prepared accounts";

    public string Identity => "prepared/" + side;

    /// <summary>The records that were given out last, or will be next.</summary>
    public IReadOnlyList<TableRecord> Records => records[states[0]];

    /// <summary>Changes the telephone number of every record, or changes it back.</summary>
    public void EditAll()
    {
        edition++;
        for (var number = 0; number < states.Length; number++)
        {
            states[number] ^= 1;
        }
    }

    public Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken) => Task.FromResult(table == schema.Name ? schema : null);

    public async IAsyncEnumerable<ChangePage> ReadChangesAsync(ChangeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = edition.ToString(CultureInfo.InvariantCulture);
        var changed = query.Since?.Position == position ? [] : records[states[0]];
        var pages = Math.Max(1, (changed.Length + pageSize - 1) / pageSize);
        for (var page = 0; page < pages; page++)
        {
            var first = page * pageSize;
            yield return new()
            {
                Records = new ArraySegment<TableRecord>(changed, first, Math.Min(pageSize, changed.Length - first)),
                Coverage = query.Since is not null ? ChangeCoverage.Changes : side == SyncSide.Local ? ChangeCoverage.FilteredTable : ChangeCoverage.WholeTable,
                Checkpoint = page == pages - 1 ? new(position) : null,
            };
        }

        await Task.CompletedTask;
    }

    public Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        var found = new TableRecord[query.Ids.Count];
        var next = 0;
        foreach (var id in query.Ids)
        {
            var number = NumberedId.NumberOf(id);
            found[next++] = records[states[number]][number];
        }

        return Task.FromResult<IReadOnlyList<TableRecord>>(found);
    }

    /// <summary>Finds records by their values, which only the run that couples them does.</summary>
    public Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken)
    {
        var values = query.Values?.ToHashSet();
        return Task.FromResult<IReadOnlyList<TableRecord>>([.. states.Select((state, number) => records[state][number]).Where(record => values?.Contains(record[query.Field]) != false)]);
    }

    public async IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(string table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var first = 0; first < ids.Length; first += pageSize)
        {
            yield return [.. records[states[0]].Skip(first).Take(pageSize).Select(record => new RecordVersion(record.Id, record.Version))];
        }

        await Task.CompletedTask;
    }

    public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        edition++;
        var answers = new WriteResult[batch.Operations.Count];
        for (var index = 0; index < answers.Length; index++)
        {
            var number = NumberedId.NumberOf(batch.Operations[index].Id);
            states[number] ^= 1;
            answers[index] = results[states[number]][number];
        }

        return Task.FromResult<IReadOnlyList<WriteResult>>(answers);
    }

    private TableRecord Make(int number, Guid id, int state) =>
        Customers.Make(side, number, id, $"W/\"{number}{state}\"", state == 0 ? null : $"+44 1865 {number:D7}");
}
