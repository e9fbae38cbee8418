using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dataverse.Sync.Sqlite;

/// <summary>An open connection with the statements that were prepared on it. Used by one call at a time.</summary>
internal sealed class FileConnection : IDisposable
{
    private readonly Dictionary<string, Statement> statements = new(StringComparer.Ordinal);
    private readonly SqliteConnection connection;
    private readonly sqlite3 handle;
    private readonly TimeSpan busyTimeout;

    private FileConnection(SqliteConnection connection, BaseShapes shapes, TimeSpan busyTimeout)
    {
        this.busyTimeout = busyTimeout;
        this.connection = connection;
        Shapes = shapes;
        handle = connection.Handle!;
    }

    /// <summary>The base shapes of the file; shared by its connections.</summary>
    public BaseShapes Shapes { get; }

    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static FileConnection Open(SqliteCouplingStoreOptions options, BaseShapes shapes)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = options.Path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            _ = raw.sqlite3_busy_timeout(connection.Handle!, (int)options.BusyTimeout.TotalMilliseconds);
            return new(connection, shapes, options.BusyTimeout);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The prepared statement of a text; prepared at its first use.</summary>
    public Statement Prepared(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statements.Add(sql, statement = new(handle, sql));
        }

        return statement;
    }

    /// <summary>Runs statements without parameters and without rows that matter.</summary>
    public void Run(string script) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(handle, script), handle);

    /// <summary>Reads a value of a statement that is not worth keeping, such as a pragma.</summary>
    public T Read<T>(string sql, Func<Row, T> read)
    {
        using var statement = new Statement(handle, sql);
        return statement.List(read)[0];
    }

    /// <summary>Reads a value as <see cref="Read"/> does, and asks again for as long as the busy timeout while the file is locked.</summary>
    /// <remarks>
    /// For the switch to the write-ahead log: two connections that switch at once each hold a read lock that the other waits for, so
    /// SQLite refuses one of them at once instead of waiting.
    /// </remarks>
    public T ReadPatiently<T>(string sql, Func<Row, T> read)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return Read(sql, read);
            }
            catch (SqliteException locked) when (locked.SqliteErrorCode == raw.SQLITE_BUSY && Stopwatch.GetElapsedTime(started) < busyTimeout)
            {
                Thread.Sleep(1);
            }
        }
    }

    /// <summary>Reads several values as of one moment.</summary>
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

    /// <summary>Does all of the work or nothing; the write lock is taken before the work begins.</summary>
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

    // SQLite itself rolls back after a full disk or a failed write; then there is nothing left to do.
    private void RollBack()
    {
        if (raw.sqlite3_get_autocommit(handle) == 0)
        {
            _ = Prepared("ROLLBACK").Execute();
        }
    }
}
