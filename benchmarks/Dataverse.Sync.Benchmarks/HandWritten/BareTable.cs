using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dataverse.Sync.Benchmarks.HandWritten;

/// <summary>
/// One SQLite table with the columns and indexes of stored couplings, written to by one prepared insert of SQLite's own interface and nothing
/// else: no lease, no shapes, no check of what was there before.
/// </summary>
internal sealed class BareTable : IDisposable
{
    private const string Script =
        """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        CREATE TABLE coupling (
            id INTEGER PRIMARY KEY, mapping_id INTEGER NOT NULL, local_id BLOB NOT NULL, integration_id BLOB NOT NULL, local_version INTEGER NOT NULL,
            integration_version INTEGER NOT NULL, synchronized_on INTEGER, base_shape_id INTEGER, base BLOB);
        CREATE UNIQUE INDEX coupling_local ON coupling (mapping_id, local_id);
        CREATE UNIQUE INDEX coupling_integration ON coupling (mapping_id, integration_id);
        """;

    private const string InsertRow =
        """
        INSERT INTO coupling (mapping_id, local_id, integration_id, local_version, integration_version, synchronized_on, base_shape_id, base)
        VALUES (1, ?1, ?2, ?3, ?4, ?5, 1, ?6)
        """;

    private readonly SqliteConnection owner;
    private readonly sqlite3 connection;
    private readonly sqlite3_stmt insert;

    public BareTable(string file)
    {
        // Without the pool the file is closed, and may be deleted, when the connection is.
        owner = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        owner.Open();
        connection = owner.Handle!;
        Run(Script);
        Require(raw.sqlite3_prepare_v3(connection, InsertRow, raw.SQLITE_PREPARE_PERSISTENT, out insert));
    }

    /// <summary>Inserts rows in one transaction.</summary>
    public void Insert(IReadOnlyList<BareRow> rows)
    {
        Run("BEGIN IMMEDIATE");
        foreach (var row in rows)
        {
            Require(raw.sqlite3_bind_blob(insert, 1, row.LocalId));
            Require(raw.sqlite3_bind_blob(insert, 2, row.IntegrationId));
            Require(raw.sqlite3_bind_int64(insert, 3, row.LocalVersion));
            Require(raw.sqlite3_bind_int64(insert, 4, row.IntegrationVersion));
            Require(raw.sqlite3_bind_int64(insert, 5, row.SynchronizedOn));
            Require(raw.sqlite3_bind_blob(insert, 6, row.Base));
            if (raw.sqlite3_step(insert) != raw.SQLITE_DONE)
            {
                throw Failure();
            }

            Require(raw.sqlite3_reset(insert));
        }

        Run("COMMIT");
    }

    public void Dispose()
    {
        insert.Dispose();
        owner.Dispose();
    }

    private void Run(string sql) => Require(raw.sqlite3_exec(connection, sql));

    private void Require(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw Failure();
        }
    }

    private InvalidOperationException Failure() => new(raw.sqlite3_errmsg(connection).utf8_to_string());
}
