namespace Dataverse.Sync.Sqlite;

/// <summary>What version 2 adds: the version in which a record failed.</summary>
internal static class SchemaVersion2
{
    public const string Script = "ALTER TABLE failure ADD COLUMN version INTEGER NOT NULL DEFAULT 0;";
}
