using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dataverse.Sync.Benchmarks.HandWritten;

/// <summary>One connection to an SQLite file, used through SQLite's own interface. Not safe for concurrent use.</summary>
internal sealed class RawSqliteFile : IDisposable
{
    private readonly SqliteConnection owner;
    private readonly sqlite3 connection;
    private readonly Dictionary<string, sqlite3_stmt> statements = [];

    public RawSqliteFile(string file)
    {
        // Without the pool the file is closed, and may be deleted, when the connection is.
        owner = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        owner.Open();
        connection = owner.Handle!;
        Run("PRAGMA journal_mode = WAL");
        Run("PRAGMA synchronous = NORMAL");
        Run("PRAGMA busy_timeout = 10000");
    }

    public void Run(string sql) => Require(raw.sqlite3_exec(connection, sql));

    /// <summary>Prepares a statement once; later calls return the same.</summary>
    public sqlite3_stmt Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            Require(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
            statements[sql] = statement;
        }

        return statement;
    }

    /// <summary>Runs a statement that answers no rows, and makes it ready for its next use.</summary>
    /// <returns>The number of changed rows.</returns>
    public int Execute(sqlite3_stmt statement)
    {
        if (raw.sqlite3_step(statement) != raw.SQLITE_DONE)
        {
            throw Failure();
        }

        Require(raw.sqlite3_reset(statement));
        return raw.sqlite3_changes(connection);
    }

    public void Require(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw Failure();
        }
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        owner.Dispose();
    }

    private InvalidOperationException Failure() => new(raw.sqlite3_errmsg(connection).utf8_to_string());
}
