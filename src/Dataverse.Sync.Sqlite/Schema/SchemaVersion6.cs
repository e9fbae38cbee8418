namespace Dataverse.Sync.Sqlite;

/// <summary>
/// Version 6 stores which records make the partner of another one doubtful, and how many doubtful records a job met.
/// </summary>
internal static class SchemaVersion6
{
    public const string Script =
        """
        ALTER TABLE failure ADD COLUMN candidates BLOB;
        ALTER TABLE job ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0;
        """;
}
