using System.Globalization;
using System.Runtime.CompilerServices;
using Dataverse.Sync.Benchmarks.HandWritten;
using Microsoft.Data.Sqlite;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>
/// A connector to a table of customers in an SQLite file, as somebody writes it with Microsoft.Data.Sqlite: one prepared command for each purpose,
/// one transaction for each batch, one connection that reads and one that writes.
/// </summary>
internal sealed class SqliteConnector : ITableConnector, IDisposable
{
    private readonly string path;
    private readonly SqliteFile reading;
    private readonly SqliteFile writing;
    private readonly Lock readingLock = new();
    private readonly Lock writingLock = new();

    /// <summary>Opens a file whose table exists.</summary>
    public SqliteConnector(string path)
    {
        this.path = path;
        reading = new(path);
        writing = new(path);
    }

    public string Name => "SQLite customers";

    public string Identity => "sqlite/" + path;

    public Task<TableSchema?> GetSchemaAsync(string table, CancellationToken cancellationToken) =>
        Task.FromResult(table == SqliteCustomers.Table ? SqliteCustomers.Schema : null);

    public async IAsyncEnumerable<ChangePage> ReadChangesAsync(ChangeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What is written while the feed is read comes again in the next one.
        var checkpoint = new Checkpoint(LastVersion().ToString(CultureInfo.InvariantCulture));
        var isWhole = query.Since is null;
        var after = isWhole ? 0 : long.Parse(query.Since!.Position, CultureInfo.InvariantCulture);
        var column = isWhole ? "rowid" : "version";
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            var (records, last) = ReadPage(column, after);
            var isLast = records.Count < SqliteCustomers.PageSize;
            yield return new()
            {
                Records = records,
                Coverage = isWhole ? ChangeCoverage.WholeTable : ChangeCoverage.Changes,
                Checkpoint = isLast ? checkpoint : null,
            };
            if (isLast)
            {
                break;
            }

            after = last;
        }
    }

    public Task<IReadOnlyList<TableRecord>> ReadByIdAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        var found = new List<TableRecord>(query.Ids.Count);
        lock (readingLock)
        {
            foreach (var id in query.Ids)
            {
                ReadById(reading, transaction: null, id, found);
            }
        }

        return Task.FromResult<IReadOnlyList<TableRecord>>(found);
    }

    public Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The mapping matches nothing.");

    public async IAsyncEnumerable<IReadOnlyList<RecordVersion>> ReadKeysAsync(string table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = 0L;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            var (keys, last) = ReadKeys(after);
            yield return keys;
            if (keys.Count < SqliteCustomers.PageSize)
            {
                break;
            }

            after = last;
        }
    }

    public Task<IReadOnlyList<WriteResult>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var results = new WriteResult[batch.Operations.Count];
        lock (writingLock)
        {
            using var transaction = writing.Begin();
            var isLate = batch.SendBefore < (batch.Clock ?? TimeProvider.System).GetUtcNow();
            var version = LastVersion(writing, transaction);
            for (var index = 0; index < results.Length; index++)
            {
                results[index] = isLate
                    ? new() { Status = WriteStatus.Transient, Error = new(SyncErrorCodes.Transient, "The batch came too late.") }
                    : Write(transaction, batch.Operations[index], ++version);
            }

            writing.Commit(transaction);
        }

        return Task.FromResult<IReadOnlyList<WriteResult>>(results);
    }

    /// <summary>Changes rows as another program does.</summary>
    public void Edit(int first, int step, int edition)
    {
        lock (writingLock)
        {
            SqliteCustomers.Edit(writing, first, step, edition);
        }
    }

    public void Dispose()
    {
        reading.Dispose();
        writing.Dispose();
    }

    private WriteResult Write(SqliteTransaction transaction, WriteOperation operation, long version) => operation.Kind switch
    {
        WriteKind.Insert => Insert(transaction, operation, version),
        WriteKind.Update => Update(transaction, operation, version),
        _ => throw new NotSupportedException("Nothing is deleted."),
    };

    private WriteResult Insert(SqliteTransaction transaction, WriteOperation operation, long version)
    {
        var values = SqliteCustomers.ValuesOf(operation);
        SqliteCustomers.Insert(writing, transaction, operation.Id, version, values);
        var record = SqliteCustomers.Record(operation.Id, version, values);
        return new() { Status = WriteStatus.Applied, Id = record.Id, Version = record.Version, Record = record };
    }

    private WriteResult Update(SqliteTransaction transaction, WriteOperation operation, long version)
    {
        var assignments = string.Join(", ", operation.Fields.Select((field, place) => $"{field.Field} = @p{place + 3}"));
        var update = writing.Prepare(
            $"UPDATE {SqliteCustomers.Table} SET version = @p1, {assignments} WHERE id = @p0 AND version = @p2", operation.Fields.Count + 3);
        update.Transaction = transaction;
        update.Parameters[0].Value = SqliteCustomers.BytesOf(operation.Id);
        update.Parameters[1].Value = version;
        update.Parameters[2].Value = long.Parse(operation.ExpectedVersion!, CultureInfo.InvariantCulture);
        for (var place = 0; place < operation.Fields.Count; place++)
        {
            update.Parameters[place + 3].Value = SqliteCustomers.ToColumn(operation.Fields[place].Value);
        }

        if (update.ExecuteNonQuery() == 0)
        {
            return new() { Status = WriteStatus.VersionMismatch, Id = operation.Id };
        }

        var written = new List<TableRecord>(1);
        ReadById(writing, transaction, operation.Id, written);
        return new() { Status = WriteStatus.Applied, Id = operation.Id, Version = written[0].Version, Record = written[0] };
    }

    private long LastVersion()
    {
        lock (readingLock)
        {
            return LastVersion(reading, transaction: null);
        }
    }

    private static long LastVersion(SqliteFile file, SqliteTransaction? transaction)
    {
        var select = file.Prepare($"SELECT max(version) FROM {SqliteCustomers.Table}", 0);
        select.Transaction = transaction;
        return select.ExecuteScalar() as long? ?? 0;
    }

    private (List<TableRecord> Records, long Last) ReadPage(string column, long after)
    {
        var records = new List<TableRecord>(SqliteCustomers.PageSize);
        var last = after;
        lock (readingLock)
        {
            var select = reading.Prepare(
                $"{SqliteCustomers.SelectRow} WHERE {column} > @p0 ORDER BY {column} LIMIT {SqliteCustomers.PageSize}", 1);
            select.Parameters[0].Value = after;
            using var row = select.ExecuteReader();
            while (row.Read())
            {
                records.Add(SqliteCustomers.Read(row));
                last = row.GetInt64(column == "rowid" ? 0 : 2);
            }
        }

        return (records, last);
    }

    private (List<RecordVersion> Keys, long Last) ReadKeys(long after)
    {
        var keys = new List<RecordVersion>(SqliteCustomers.PageSize);
        var last = after;
        lock (readingLock)
        {
            var select = reading.Prepare(
                $"SELECT rowid, id, version FROM {SqliteCustomers.Table} WHERE rowid > @p0 ORDER BY rowid LIMIT {SqliteCustomers.PageSize}", 1);
            select.Parameters[0].Value = after;
            using var row = select.ExecuteReader();
            while (row.Read())
            {
                keys.Add(new(SqliteCustomers.ReadId(row, 1), row.GetInt64(2).ToString(CultureInfo.InvariantCulture)));
                last = row.GetInt64(0);
            }
        }

        return (keys, last);
    }

    private static void ReadById(SqliteFile file, SqliteTransaction? transaction, Guid id, List<TableRecord> found)
    {
        var select = file.Prepare($"{SqliteCustomers.SelectRow} WHERE id = @p0", 1);
        select.Transaction = transaction;
        select.Parameters[0].Value = SqliteCustomers.BytesOf(id);
        using var row = select.ExecuteReader();
        while (row.Read())
        {
            found.Add(SqliteCustomers.Read(row));
        }
    }
}
