using System.Globalization;
using System.Runtime.CompilerServices;
using Dataverse.Sync.Benchmarks.HandWritten;
using SQLitePCL;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>
/// A connector to a table of customers in an SQLite file, as somebody would write it who knows SQLite: one prepared statement for each purpose,
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
                ReadById(reading, id, found);
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
            writing.Run("BEGIN IMMEDIATE");
            var isLate = batch.SendBefore < (batch.Clock ?? TimeProvider.System).GetUtcNow();
            var version = LastVersion(writing);
            for (var index = 0; index < results.Length; index++)
            {
                results[index] = isLate
                    ? new() { Status = WriteStatus.Transient, Error = new(SyncErrorCodes.Transient, "The batch came too late.") }
                    : Write(batch.Operations[index], ++version);
            }

            writing.Run("COMMIT");
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

    private WriteResult Write(WriteOperation operation, long version) => operation.Kind switch
    {
        WriteKind.Insert => Insert(operation, version),
        WriteKind.Update => Update(operation, version),
        _ => throw new NotSupportedException("Nothing is deleted."),
    };

    private WriteResult Insert(WriteOperation operation, long version)
    {
        var values = SqliteCustomers.ValuesOf(operation);
        SqliteCustomers.Insert(writing, operation.Id, version, values);
        var record = SqliteCustomers.Record(operation.Id, version, values);
        return new() { Status = WriteStatus.Applied, Id = record.Id, Version = record.Version, Record = record };
    }

    private WriteResult Update(WriteOperation operation, long version)
    {
        var assignments = string.Join(", ", operation.Fields.Select((field, place) => $"{field.Field} = ?{place + 4}"));
        var update = writing.Prepare($"UPDATE {SqliteCustomers.Table} SET version = ?2, {assignments} WHERE id = ?1 AND version = ?3");
        SqliteCustomers.BindId(writing, update, 1, operation.Id);
        writing.Require(raw.sqlite3_bind_int64(update, 2, version));
        writing.Require(raw.sqlite3_bind_int64(update, 3, long.Parse(operation.ExpectedVersion!, CultureInfo.InvariantCulture)));
        for (var place = 0; place < operation.Fields.Count; place++)
        {
            SqliteCustomers.BindValue(writing, update, place + 4, operation.Fields[place].Value);
        }

        if (writing.Execute(update) == 0)
        {
            return new() { Status = WriteStatus.VersionMismatch, Id = operation.Id };
        }

        var written = new List<TableRecord>(1);
        ReadById(writing, operation.Id, written);
        return new() { Status = WriteStatus.Applied, Id = operation.Id, Version = written[0].Version, Record = written[0] };
    }

    private long LastVersion()
    {
        lock (readingLock)
        {
            return LastVersion(reading);
        }
    }

    private static long LastVersion(SqliteFile file)
    {
        var select = file.Prepare($"SELECT max(version) FROM {SqliteCustomers.Table}");
        _ = file.Next(select);
        var last = raw.sqlite3_column_int64(select, 0);
        _ = file.Next(select);
        return last;
    }

    private (List<TableRecord> Records, long Last) ReadPage(string column, long after)
    {
        var records = new List<TableRecord>(SqliteCustomers.PageSize);
        var last = after;
        lock (readingLock)
        {
            var select = reading.Prepare($"{SqliteCustomers.SelectRow} WHERE {column} > ?1 ORDER BY {column} LIMIT {SqliteCustomers.PageSize}");
            reading.Require(raw.sqlite3_bind_int64(select, 1, after));
            while (reading.Next(select))
            {
                records.Add(SqliteCustomers.Read(select));
                last = raw.sqlite3_column_int64(select, column == "rowid" ? 0 : 2);
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
                $"SELECT rowid, id, version FROM {SqliteCustomers.Table} WHERE rowid > ?1 ORDER BY rowid LIMIT {SqliteCustomers.PageSize}");
            reading.Require(raw.sqlite3_bind_int64(select, 1, after));
            while (reading.Next(select))
            {
                keys.Add(new(SqliteCustomers.ReadId(select, 1), raw.sqlite3_column_int64(select, 2).ToString(CultureInfo.InvariantCulture)));
                last = raw.sqlite3_column_int64(select, 0);
            }
        }

        return (keys, last);
    }

    private static void ReadById(SqliteFile file, Guid id, List<TableRecord> found)
    {
        var select = file.Prepare($"{SqliteCustomers.SelectRow} WHERE id = ?1");
        SqliteCustomers.BindId(file, select, 1, id);
        while (file.Next(select))
        {
            found.Add(SqliteCustomers.Read(select));
        }
    }
}
