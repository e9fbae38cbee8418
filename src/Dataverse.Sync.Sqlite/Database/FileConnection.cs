using System.Diagnostics;
using Dataverse.Sync.Shared;
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
    private ValueCipher? cipher;

    private FileConnection(SqliteConnection connection, TimeSpan busyTimeout)
    {
        this.busyTimeout = busyTimeout;
        this.connection = connection;
        handle = connection.Handle!;
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="busyTimeout">How long a statement waits for the lock of another connection.</param>
    /// <param name="mode">Whether the file is created if it is missing.</param>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static FileConnection Open(
        string path, TimeSpan busyTimeout, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
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

    /// <summary>
    /// Opens the main file for reading as it is on the disk, without the write-ahead log and without locks.
    /// </summary>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static FileConnection OpenMainFile(string path) =>
        Open($"{new Uri(path).AbsoluteUri}?immutable=1", TimeSpan.Zero, SqliteOpenMode.ReadOnly);

    /// <summary>The key with which values are encrypted; null if they are not.</summary>
    public ValueKey? Key => cipher?.Key;

    /// <summary>Encrypts the values that are written, and decrypts those that are read, with a key; null for none.</summary>
    public void UseKey(ValueKey? key)
    {
        cipher?.Dispose();
        cipher = key is null ? null : new(key);
    }

    /// <summary>The stored form of a value.</summary>
    public ReadOnlySpan<byte> Protect(ReadOnlySpan<byte> value, ValueSlot slot) =>
        cipher is null ? value : cipher.Encrypt(value, slot);

    /// <summary>The value of a stored form.</summary>
    /// <exception cref="FormatException">The stored form was changed, or belongs to another place.</exception>
    public ReadOnlySpan<byte> Reveal(ReadOnlySpan<byte> stored, ValueSlot slot) =>
        cipher is null ? stored : cipher.Decrypt(stored, slot);

    /// <summary>Whether the file was deleted, renamed, or replaced at its path since it was opened.</summary>
    public bool HasMoved(string path) => FileControl.HasMoved(handle, path);

    /// <summary>
    /// Leaves the write-ahead log as it is when the connection is closed, instead of writing it into the main file.
    /// </summary>
    public void KeepLogOnClose() => _ = raw.sqlite3_db_config(handle, FileControl.NoCheckpointOnClose, 1, out _);

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

        cipher?.Dispose();
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
