namespace Dataverse.Sync.Sqlite;

/// <summary>
/// Version 4 stores by when a write must leave, which file this is and how often it was written, and whether a conflict
/// still has its values.
/// </summary>
/// <remarks>
/// The identity of the file is random; the count of its writes lets a store notice an older copy. Both are in the one
/// row of the table "file", together with the id of the key if values are encrypted, and whether the file must still be
/// cleaned of what it contained before they were.
/// </remarks>
internal static class SchemaVersion4
{
    public const string Script =
        """
        ALTER TABLE intent ADD COLUMN send_before INTEGER;

        CREATE TABLE file (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            identity BLOB NOT NULL,
            writes INTEGER NOT NULL,
            key_id BLOB,
            needs_vacuum INTEGER NOT NULL);
        INSERT INTO file VALUES (1, randomblob(16), 0, NULL, 0);

        ALTER TABLE conflict ADD COLUMN has_values INTEGER NOT NULL DEFAULT 1;
        CREATE INDEX conflict_decided_age ON conflict (ifnull(resolved_on, detected_on))
            WHERE resolution <> 0 AND has_values = 1;
        """;
}
