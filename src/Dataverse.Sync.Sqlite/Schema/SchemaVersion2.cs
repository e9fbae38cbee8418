namespace Dataverse.Sync.Sqlite;

/// <summary>Version 2 adds the version of the record that failed.</summary>
internal static class SchemaVersion2
{
    public const string Script = "ALTER TABLE failure ADD COLUMN version INTEGER NOT NULL DEFAULT 0;";
}
