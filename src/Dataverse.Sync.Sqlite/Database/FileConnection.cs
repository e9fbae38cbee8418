using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dataverse.Sync.Sqlite;

/// <summary>An open connection with its prepared statements. Not safe for concurrent calls.</summary>
internal sealed class FileConnection : IDisposable
{
    private readonly Dictionary<string, Statement> statements = new(StringComparer.Ordinal);
    private readonly SqliteConnection connection;
    private readonly sqlite3 handle;
    private readonly TimeSpan busyTimeout;

    private FileConnection(SqliteConnection connection, TimeSpan busyTimeout)
    {
        this.busyTimeout = busyTimeout;
        this.connection = connection;
        handle = connection.Handle!;
    }

    /// <summary>Opens a file, which is created if it is missing.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="busyTimeout">How long a statement waits for the lock of another connection.</param>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static FileConnection Open(string path, TimeSpan busyTimeout)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            _ = raw.sqlite3_busy_timeout(connection.Handle!, (int)busyTimeout.TotalMilliseconds);
            return new(connection, busyTimeout);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The prepared statement of an SQL text. It is prepared on first use and kept.</summary>
    public Statement Prepared(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statements.Add(sql, statement = new(handle, sql));
        }

        return statement;
    }

    /// <summary>Runs statements that have no parameters, and ignores the rows they return.</summary>
    public void Run(string script) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(handle, script), handle);

    /// <summary>Reads the first row of a statement that is not kept, such as a pragma.</summary>
    public T Read<T>(string sql, Func<Row, T> read)
    {
        using var statement = new Statement(handle, sql);
        return statement.List(read)[0];
    }

    /// <summary>
    /// Reads the first row of a statement, and repeats it for up to the busy timeout while the file is locked.
    /// </summary>
    /// <remarks>
    /// The switch to the write-ahead log needs this: if two connections switch at the same time, each holds a read lock
    /// that the other waits for, and SQLite refuses one of them immediately instead of waiting.
    /// </remarks>
    public T ReadWithRetry<T>(string sql, Func<Row, T> read)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return Read(sql, read);
            }
            catch (SqliteException error) when (
                error.SqliteErrorCode == raw.SQLITE_BUSY && Stopwatch.GetElapsedTime(started) < busyTimeout)
            {
                Thread.Sleep(1);
            }
        }
    }

    /// <summary>Reads several values from one snapshot of the file.</summary>
    public T InSnapshot<T>(Func<FileConnection, T> read)
    {
        Run("BEGIN");
        try
        {
            return read(this);
        }
        finally
        {
            RollBack();
        }
    }

    /// <summary>Runs work in a transaction that acquires the write lock before the work begins.</summary>
    public T InTransaction<T>(Func<FileConnection, T> work)
    {
        _ = Prepared("BEGIN IMMEDIATE").Execute();
        try
        {
            var result = work(this);
            _ = Prepared("COMMIT").Execute();
            return result;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    // After a full disk or a failed write SQLite has already rolled back.
    private void RollBack()
    {
        if (raw.sqlite3_get_autocommit(handle) == 0)
        {
            _ = Prepared("ROLLBACK").Execute();
        }
    }
}
