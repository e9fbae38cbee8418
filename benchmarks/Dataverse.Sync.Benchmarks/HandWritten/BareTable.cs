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

    private readonly RawSqliteFile file;

    public BareTable(string path)
    {
        file = new(path);
        file.Run(Script);
    }

    /// <summary>Inserts rows in one transaction.</summary>
    public void Insert(IReadOnlyList<BareRow> rows)
    {
        file.Run("BEGIN IMMEDIATE");
        var insert = file.Prepare(InsertRow);
        foreach (var row in rows)
        {
            file.Require(raw.sqlite3_bind_blob(insert, 1, row.LocalId));
            file.Require(raw.sqlite3_bind_blob(insert, 2, row.IntegrationId));
            file.Require(raw.sqlite3_bind_int64(insert, 3, row.LocalVersion));
            file.Require(raw.sqlite3_bind_int64(insert, 4, row.IntegrationVersion));
            file.Require(raw.sqlite3_bind_int64(insert, 5, row.SynchronizedOn));
            file.Require(raw.sqlite3_bind_blob(insert, 6, row.Base));
            _ = file.Execute(insert);
        }

        file.Run("COMMIT");
    }

    public void Dispose() => file.Dispose();
}
