using Microsoft.Data.Sqlite;

namespace Dataverse.Sync.Benchmarks.HandWritten;

/// <summary>One connection to an SQLite file with its prepared commands, as applications use them. Not safe for concurrent use.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> commands = [];

    public SqliteFile(string file)
    {
        // Without the pool the file is closed, and may be deleted, when the connection is.
        connection = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 10 }.ConnectionString);
        connection.Open();
        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    }

    public void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        _ = command.ExecuteNonQuery();
    }

    /// <summary>Prepares a command once, with its parameters; later calls return the same.</summary>
    /// <param name="sql">The statement, whose parameters are @p0, @p1, and so on.</param>
    /// <param name="parameters">The number of its parameters.</param>
    public SqliteCommand Prepare(string sql, int parameters)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var index = 0; index < parameters; index++)
            {
                _ = command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{index}" });
            }

            commands[sql] = command;
        }

        return command;
    }

    /// <summary>Begins a transaction, in which all prepared commands take part.</summary>
    public SqliteTransaction Begin()
    {
        var transaction = connection.BeginTransaction(deferred: false);
        foreach (var command in commands.Values)
        {
            command.Transaction = transaction;
        }

        return transaction;
    }

    /// <summary>Commits a transaction.</summary>
    public void Commit(SqliteTransaction transaction)
    {
        transaction.Commit();
        foreach (var command in commands.Values)
        {
            command.Transaction = null;
        }
    }

    public void Dispose()
    {
        foreach (var command in commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }
}
