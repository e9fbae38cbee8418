namespace Dataverse.Sync.Sqlite;

/// <summary>
/// Version 8 stores which records a system deletes as a consequence of a deletion, and why a person decides about one.
/// </summary>
internal static class SchemaVersion8
{
    public const string Script =
        """
        CREATE TABLE announced_deletion (
            mapping_id INTEGER NOT NULL,
            side INTEGER NOT NULL,
            record_id BLOB NOT NULL,
            announced_on INTEGER NOT NULL);
        CREATE UNIQUE INDEX announced_deletion_record ON announced_deletion (mapping_id, side, record_id);

        ALTER TABLE conflict ADD COLUMN reason TEXT;
        """;
}
