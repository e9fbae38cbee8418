using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dataverse.Sync.Sqlite;

/// <summary>A prepared statement that is bound, run, and reset. Parameters are numbered from one.</summary>
/// <remarks>
/// Calls SQLite directly, because the commands of Microsoft.Data.Sqlite look up every parameter by name, box its value,
/// copy every id, and wait for a lock in intervals of 150 ms.
/// </remarks>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 connection;
    private readonly sqlite3_stmt handle;

    public Statement(sqlite3 connection, string sql)
    {
        this.connection = connection;
        Require(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out handle));
    }

    public Statement Bind(int parameter, long value)
    {
        Require(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, long? value)
    {
        if (value is { } present)
        {
            return Bind(parameter, present);
        }

        Require(raw.sqlite3_bind_null(handle, parameter));
        return this;
    }

    public Statement Bind(int parameter, Guid id)
    {
        Span<byte> bytes = stackalloc byte[IdBytes.Length];
        IdBytes.Write(id, bytes);
        return Bind(parameter, bytes);
    }

    public Statement Bind(int parameter, Guid? id) =>
        id is { } present ? Bind(parameter, present) : Bind(parameter, (long?)null);

    public Statement Bind(int parameter, string? text)
    {
        Require(text is null
            ? raw.sqlite3_bind_null(handle, parameter)
            : raw.sqlite3_bind_text(handle, parameter, Encoding.UTF8.GetBytes(text).AsSpan()));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> blob)
    {
        Require(blob.IsEmpty
            ? raw.sqlite3_bind_zeroblob(handle, parameter, 0)
            : raw.sqlite3_bind_blob(handle, parameter, blob));
        return this;
    }

    public Statement Bind(int parameter, byte[]? blob) =>
        blob is null ? Bind(parameter, (long?)null) : Bind(parameter, blob.AsSpan());

    public Statement Bind(int parameter, DateTimeOffset? instant) => Bind(parameter, instant?.UtcTicks);

    /// <summary>Runs a statement that changes rows, and returns how many.</summary>
    public int Execute()
    {
        try
        {
            while (Step())
            {
            }

            return raw.sqlite3_changes(connection);
        }
        finally
        {
            _ = raw.sqlite3_reset(handle);
        }
    }

    /// <summary>Runs a query, and returns its rows.</summary>
    public List<T> List<T>(Func<Row, T> read)
    {
        try
        {
            var rows = new List<T>();
            while (Step())
            {
                rows.Add(read(new(handle)));
            }

            return rows;
        }
        finally
        {
            _ = raw.sqlite3_reset(handle);
        }
    }

    /// <summary>Runs a query, and returns its first row, or the default value if it has none.</summary>
    public T? FirstOrDefault<T>(Func<Row, T> read) => List(read) is [var row, ..] ? row : default;

    public void Dispose() => handle.Dispose();

    private bool Step()
    {
        var result = raw.sqlite3_step(handle);
        if (result is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return result == raw.SQLITE_ROW;
        }

        SqliteException.ThrowExceptionForRC(result, connection);
        return false;
    }

    private void Require(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, connection);
        }
    }
}
